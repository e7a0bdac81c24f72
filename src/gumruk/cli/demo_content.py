"""Invented declarations, the same for the same seed: for demonstration and tests. Nobody in them exists."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from gumruk.rules.form import Content

OFFICE = "PRV-R01"
OFFICES = ("PRV-R01", "PRV-R02", "PRV-R03")
BROKER_TIN = "010000001"
SECOND_TIN = "010000002"

# goods code, description, price of a kilogram in USD, origin, unit, kilograms in a unit
GOODS = [
    ("0207120000", "Гӯшти мурғи яхкардашуда, яклухт", "1.45", "BR", "", 0),
    ("1902190000", "Изделия макаронные без яиц", "0.95", "RU", "", 0),
    ("1701990000", "Шакари сафед", "0.62", "KZ", "", 0),
    ("0805100000", "Апельсины свежие", "0.70", "IR", "", 0),
    ("2202100000", "Нӯшокии ғайриспиртии ширин", "0.55", "UZ", "LTR", 1),
    ("6403990000", "Обувь с верхом из кожи", "14.20", "CN", "NPR", 1),
    ("8517130000", "Смартфоны", "210.00", "CN", "NMB", 1),
    ("3004900000", "Доруворӣ, барои фурӯши чакана", "38.00", "IN", "", 0),
    ("7214200000", "Арматураи пӯлодӣ", "0.58", "RU", "", 0),
    ("8703231940", "Автомобиль легковой, 1800 см³", "9.80", "JP", "NMB", 1400),
]
SELLERS = [
    ("Demo Handels GmbH", "DE"),
    ("ООО «Пример-Экспорт»", "RU"),
    ("Namuna Trading Ltd", "CN"),
    ("Намунавӣ ЖШС", "KZ"),
]
BUYERS = [
    ("ҶДММ «Намунаи Хуҷанд»", "020000011"),
    ("ООО «Образец-Импорт»", "010000012"),
    ("ҶДММ «Мисоли Ҳисор»", "070000013"),
]


def content(*, seed: int = 1, items: int = 2, day: date, office: str = OFFICE, tin: str = BROKER_TIN) -> Content:
    """One clean import declaration, complete in every box that the rules ask for."""
    chance = random.Random(seed)  # noqa: S311 - demonstration data, the same on every run
    seller, country = chance.choice(SELLERS)
    buyer, buyer_tin = chance.choice(BUYERS)
    rows = [_item(chance, number, day) for number in range(1, items + 1)]
    total = sum(Decimal(row["price"]) for row in rows)
    origins = {row["item_origin_country"] for row in rows}
    return {
        "office": office,
        "direction": "IM",
        "regime": "FREE_CIRC",
        "exporter_name": seller,
        "exporter_country": country,
        "forms_number": "1",
        "forms_total": str(1 + (items + 1) // 3),
        "items_total": str(items),
        "packages_total": str(sum(int(row["packages"][0]["count"]) for row in rows)),
        "reference": f"DEMO-{seed:05d}",
        "consignee_tin": buyer_tin,
        "consignee_name": buyer,
        "consignee_country": "TJ",
        "trading_country": country,
        "declarant_tin": tin,
        "declarant_name": "Демо-брокер" if tin == BROKER_TIN else "Брокери намоишӣ",
        "export_country": country,
        "origin_country": origins.pop() if len(origins) == 1 else "00",
        "destination_country": "TJ",
        "container_flag": "0",
        "delivery_terms": "FCA",
        "delivery_place": "Душанбе",
        "border_transport_identity": f"{chance.randint(1000, 9999)}AA01",
        "border_transport_country": "TJ",
        "currency": "USD",
        "invoice_total": str(total),
        "transaction_nature": "010",
        "border_mode": "30",
        "border_office": office,
        "goods_location": "Терминали намоишӣ",
        "external_freight": str(chance.randint(300, 2400)),
        "external_freight_currency": "USD",
        "insurance": str(chance.randint(20, 200)),
        "insurance_currency": "EUR",
        "apportionment": "WEIGHT",
        "declaration_place": "Турсунзода",
        "declaration_date": day.isoformat(),
        "signatory_name": "Демо Декларант",
        "items": rows,
    }


def export_content(*, seed: int, items: int, day: date, office: str = OFFICE, tin: str = BROKER_TIN) -> Content:
    """The same goods going the other way: sent from Tajikistan to the seller's country."""
    said = content(seed=seed, items=items, day=day, office=office, tin=tin)
    abroad, here = said["exporter_country"], "TJ"
    for name in ("external_freight", "external_freight_currency", "insurance", "insurance_currency"):
        del said[name]
    said |= {
        "direction": "EX",
        "regime": "EXPORT",
        "exporter_name": said["consignee_name"],
        "exporter_tin": said["consignee_tin"],
        "exporter_country": here,
        "exporter_address": "Душанбе, кӯчаи Намуна, 1",
        "consignee_name": said["exporter_name"],
        "consignee_tin": "",
        "consignee_country": abroad,
        "export_country": here,
        "destination_country": abroad,
        "origin_country": here,
        "delivery_terms": "DAP",
    }
    for item in said["items"]:
        item |= {"procedure": "1000", "item_origin_country": here, "preference": ""}
    return said


def _item(chance: random.Random, number: int, day: date) -> Content:
    code, description, price, origin, unit, kilograms = chance.choice(GOODS)
    quantity = chance.randint(10, 60) if kilograms > 1 else chance.randint(400, 9000)
    mass = quantity * kilograms if kilograms else quantity
    item: Content = {
        "item_number": str(number),
        "description": description,
        "goods_code": code,
        "item_origin_country": origin,
        "gross_mass": str(mass + mass // 20),
        "net_mass": str(mass),
        "procedure": "4000",
        "price": str((Decimal(price) * mass).quantize(Decimal("0.01"))),
        "valuation_method": "1",
        "packages": [{"kind": "CT", "count": str(max(1, mass // 20))}],
        "documents": [
            {
                "kind": "INV",
                "number": f"INV-{chance.randint(100, 9999)}",
                "date": (day - timedelta(days=9)).isoformat(),
            },
            {
                "kind": "CMR",
                "number": f"CMR-{chance.randint(100, 9999)}",
                "date": (day - timedelta(days=5)).isoformat(),
            },
        ],
    }
    if unit:
        item |= {"supplementary_unit": unit, "supplementary_quantity": str(quantity)}
    if origin in ("RU", "KZ", "UZ") and chance.random() < 0.7:
        item["preference"] = "CISFTA"
        item["documents"].append(
            {"kind": "COO", "number": f"CT1-{chance.randint(100, 9999)}", "date": (day - timedelta(days=7)).isoformat()}
        )
    return item
