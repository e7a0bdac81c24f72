"""Which form field stands where in a WCO-DEC declaration (data model 3, HMRC profile): one row a field, first hit wins.

Paths name elements without namespace, under `Declaration` or under one goods item; `@currencyID` is an attribute.
Codes are taken as they stand: whether they are ours is for the checks to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "date", "mode"]


@dataclass(frozen=True, slots=True)
class Row:
    """One field: where it may stand, in order; the limit is the declaration type (IM, EX) for which it holds."""

    field: str
    paths: tuple[str, ...]
    kind: Kind = "text"
    only: str = ""


def _row(field: str, *paths: str, kind: Kind = "text", only: str = "") -> Row:
    return Row(field, paths, kind, only)


_SHIPMENT = "GoodsShipment"
_ARRIVAL = (f"{_SHIPMENT}/Consignment/ArrivalTransportMeans", f"{_SHIPMENT}/Consignment/DepartureTransportMeans")

HEADER: tuple[Row, ...] = (
    _row("office", "DeclarationOfficeID", "PresentationOffice/ID"),
    _row("reference", "FunctionalReferenceID"),
    _row("items_total", "GoodsItemQuantity", kind="number"),
    _row("packages_total", "TotalPackageQuantity", kind="number"),
    _row("invoice_total", "InvoiceAmount", kind="number"),
    _row("currency", "InvoiceAmount@currencyID"),
    _row("exchange_rate", "CurrencyExchange/RateNumeric", kind="number"),
    _row("exporter_tin", "Exporter/ID"),
    _row("exporter_name", "Exporter/Name"),
    _row("exporter_country", "Exporter/Address/CountryCode"),
    _row("consignee_tin", f"{_SHIPMENT}/Importer/ID", f"{_SHIPMENT}/Consignee/ID", only="IM"),
    _row("consignee_name", f"{_SHIPMENT}/Importer/Name", f"{_SHIPMENT}/Consignee/Name", only="IM"),
    _row("consignee_country", f"{_SHIPMENT}/Importer/Address/CountryCode", only="IM"),
    _row("consignee_tin", f"{_SHIPMENT}/Consignee/ID"),
    _row("consignee_name", f"{_SHIPMENT}/Consignee/Name"),
    _row("consignee_country", f"{_SHIPMENT}/Consignee/Address/CountryCode"),
    _row("declarant_tin", "Declarant/ID"),
    _row("declarant_name", "Declarant/Name"),
    _row("declarant_representative", "Agent/Name", "Agent/ID"),
    _row("border_transport_identity", "BorderTransportMeans/ID", "BorderTransportMeans/Name"),
    _row("border_transport_country", "BorderTransportMeans/RegistrationNationalityCode"),
    _row("border_mode", "BorderTransportMeans/ModeCode", kind="mode"),
    _row("border_office", "ExitOffice/ID", f"{_SHIPMENT}/Consignment/EntryOffice/ID"),
    _row("transaction_nature", f"{_SHIPMENT}/TransactionNatureCode"),
    _row("container_flag", f"{_SHIPMENT}/Consignment/ContainerCode"),
    _row("arrival_transport_identity", *(f"{path}/ID" for path in _ARRIVAL)),
    _row("arrival_transport_country", *(f"{path}/RegistrationNationalityCode" for path in _ARRIVAL)),
    _row("inland_mode", *(f"{path}/ModeCode" for path in _ARRIVAL), kind="mode"),
    _row("goods_location", f"{_SHIPMENT}/Consignment/GoodsLocation/Name", f"{_SHIPMENT}/Consignment/GoodsLocation/ID"),
    _row(
        "loading_place", f"{_SHIPMENT}/Consignment/LoadingLocation/Name", f"{_SHIPMENT}/Consignment/LoadingLocation/ID"
    ),
    _row("destination_country", f"{_SHIPMENT}/Destination/CountryCode"),
    _row("destination_region", f"{_SHIPMENT}/Destination/RegionID"),
    _row("export_country", f"{_SHIPMENT}/ExportCountry/ID"),
    _row("delivery_terms", f"{_SHIPMENT}/TradeTerms/ConditionCode"),
    _row("delivery_place", f"{_SHIPMENT}/TradeTerms/LocationName", f"{_SHIPMENT}/TradeTerms/LocationID"),
    _row("external_freight", f"{_SHIPMENT}/CustomsValuation/FreightChargeAmount", kind="number"),
    _row("external_freight_currency", f"{_SHIPMENT}/CustomsValuation/FreightChargeAmount@currencyID"),
    _row("guarantee_reference", "ObligationGuarantee/ReferenceID", "ObligationGuarantee/ID"),
    _row("guarantee_amount", "ObligationGuarantee/AmountAmount", kind="number"),
)

ITEM: tuple[Row, ...] = (
    _row("item_number", "SequenceNumeric", kind="number"),
    _row("description", "Commodity/Description"),
    _row("preference", "Commodity/DutyTaxFee/DutyRegimeCode"),
    _row("quota", "Commodity/DutyTaxFee/QuotaOrderID"),
    _row("gross_mass", "Commodity/GoodsMeasure/GrossMassMeasure", kind="number"),
    _row("net_mass", "Commodity/GoodsMeasure/NetNetWeightMeasure", "Commodity/GoodsMeasure/NetWeightMeasure", kind="number"),
    _row("supplementary_quantity", "Commodity/GoodsMeasure/TariffQuantity", kind="number"),
    _row("supplementary_unit", "Commodity/GoodsMeasure/TariffQuantity@unitCode"),
    _row("price", "Commodity/InvoiceLine/ItemChargeAmount", kind="number"),
    _row("valuation_method", "CustomsValuation/MethodCode"),
    _row("item_origin_country", "Origin/CountryCode"),
    _row("origin_region", "Origin/RegionID"),
    _row("statistical_value", "StatisticalValueAmount", kind="number"),
)  # fmt: skip

# Kinds of goods code: the combined nomenclature and the two digits after it; national additional codes.
CODE_KINDS = ("TSP", "TRC")
ADDITIONAL_KINDS = ("TRA", "GN")

DOCUMENT: tuple[Row, ...] = (
    _row("number", "ID"),
    _row("date", "IssueDateTime/DateTimeString", "EffectiveDateTime/DateTimeString", kind="date"),
    _row("valid_until", "ExpirationDateTime/DateTimeString", kind="date"),
    _row("issuer", "Submitter/Name"),
)
PACKAGE: tuple[Row, ...] = (
    _row("kind", "TypeCode"),
    _row("count", "QuantityQuantity", kind="number"),
    _row("marks", "MarksNumbersID"),
)
PREVIOUS: tuple[Row, ...] = (
    _row("reference", "ID"),
    _row("item", "LineNumeric", kind="number"),
)
ADDRESS = ("Line", "CityName", "CountrySubDivisionName", "PostcodeID")
# Field of the address, path of the party.
PARTIES = (("exporter_address", "Exporter"), ("declarant_address", "Declarant"))
RECEIVERS = (f"{_SHIPMENT}/Importer", f"{_SHIPMENT}/Consignee")
DEFERRED_KIND = "DAN"
FREIGHT_CHARGE = "AK"  # transport to the place where the goods enter
