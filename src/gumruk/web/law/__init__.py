"""The law editor's and the approver's workplace: change sets, entries by typed forms, settings of the service."""
