"""Refusals of files as sentences in three languages: what is wrong and what to do. Nothing was kept."""

from __future__ import annotations

from gumruk.law.types import Words

FILE_REFUSALS: dict[str, Words] = {
    "file_empty": Words(
        "Файл холӣ аст. Файлеро интихоб кунед, ки дар он матн ё тасвир ҳаст.",
        "Файл пустой. Выберите файл с содержимым.",
        "The file is empty. Choose one that holds the document.",
    ),
    "file_too_large": Words(
        "Файл аз {limit} калон аст. Онро бо сифати камтар скан кунед ё ба қисмҳо тақсим кунед.",
        "Файл больше {limit}. Отсканируйте его с меньшим качеством или разделите на части.",
        "The file is larger than {limit}. Scan it at a lower quality or divide it.",
    ),
    "file_unknown": Words(
        "Навъи файл аз мазмунаш шинохта нашуд. PDF, JPEG, PNG, XML, XLSX ё матни UTF-8 фиристед.",
        "По содержимому не видно, что это за файл. Пришлите PDF, JPEG, PNG, XML, XLSX или текст UTF-8.",
        "What this file is cannot be told from its content. Send PDF, JPEG, PNG, XML, XLSX or text in UTF-8.",
    ),
    "file_type_refused": Words(
        "Чунин навъи файл қабул намешавад: {found}. Онро ҳамчун PDF, JPEG ё PNG нигоҳ доред.",
        "Файлы этого вида не принимаются: {found}. Сохраните его как PDF, JPEG или PNG.",
        "Files of this kind are not taken: {found}. Save it as PDF, JPEG or PNG.",
    ),
    "picture_too_large": Words(
        "Тасвир аз {limit} миллион пиксел калон аст. Онро хурд кунед.",
        "Изображение больше {limit} миллионов пикселей. Уменьшите его.",
        "The picture has more than {limit} million pixels. Make it smaller.",
    ),
    "files_too_many": Words(
        "Як эъломия бештар аз {limit} файл дошта наметавонад. Саҳифаҳоро дар як PDF ҷамъ кунед.",
        "У одной декларации не больше {limit} файлов. Соберите страницы в один PDF.",
        "One declaration holds at most {limit} files. Put the pages into one PDF.",
    ),
    "files_too_large": Words(
        "Файлҳои як эъломия якҷоя аз {limit} зиёд шуда наметавонанд. Файлҳои хурдтар фиристед.",
        "Все файлы одной декларации вместе не больше {limit}. Пришлите файлы меньшего размера.",
        "All files of one declaration together hold at most {limit}. Send smaller files.",
    ),
    "file_already_there": Words(
        "Ҳамин файл ба ҳамин ҳуҷҷат аллакай замима шудааст. Такрор замима кардан лозим нест.",
        "Этот же файл уже приложен к этому документу. Прикладывать его снова не нужно.",
        "This very file is attached to this document already. There is no need to attach it again.",
    ),
    "file_missing": Words(
        "Чунин файл нест ё он аллакай гирифта шудааст. Саҳифаро аз нав кушоед.",
        "Такого файла нет, или он уже отозван. Откройте страницу снова.",
        "There is no such file, or it was withdrawn already. Open the page again.",
    ),
    "file_fixed": Words(
        "Файл бо эъломия ё ҷавоб супорида шудааст ва тағйир намеёбад. Файли навро бо ислоҳ ё ҷавоб фиристед.",
        "Файл подан с декларацией или ответом и не меняется. Новый файл приложите к поправке или ответу.",
        "This file was handed in with the declaration or an answer and stays. Send a new one with an amendment or an answer.",
    ),
    "file_not_found": Words(
        "Чунин файл нест ё шумо онро дида наметавонед.",
        "Такого файла нет, или он вам недоступен.",
        "There is no such file, or you may not see it.",
    ),
    "files_closed": Words(
        "Дар ҳолати кунунии эъломия файл қабул намешавад.",
        "В нынешнем состоянии декларации файлы не принимаются.",
        "No files are taken in the present state of the declaration.",
    ),
    "row_not_chosen": Words(
        "Аввал сатри қуттии 44-ро интихоб кунед.",
        "Сначала выберите строку графы 44.",
        "Choose a row of box 44 first.",
    ),
    "file_not_chosen": Words(
        "Аввал файлро интихоб кунед.",
        "Сначала выберите файл.",
        "Choose a file first.",
    ),
    "document_kind_unknown": Words(
        "Навъи ҳуҷҷат дар рӯйхат нест. Онро аз рӯйхат интихоб кунед.",
        "Такого вида документа нет в перечне. Выберите вид из перечня.",
        "This kind of document is not in the list. Choose one from the list.",
    ),
    "paper_too_long": Words(
        "Рақами ҳуҷҷат аз {limit} аломат дароз аст. Онро кӯтоҳ кунед.",
        "Номер документа длиннее {limit} знаков. Сократите его.",
        "The number of the document has more than {limit} characters. Shorten it.",
    ),
    "paper_date_wrong": Words(
        "Санаи ҳуҷҷат хато аст. Онро чунин нависед: 2026-03-05.",
        "Дата документа неверна. Напишите ее так: 2026-03-05.",
        "The date of the document is wrong. Write it like 2026-03-05.",
    ),
}
