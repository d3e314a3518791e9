"""A small sound case that tests break in one place each."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from model.case.read.case import Case

HOURS = ",".join(f"h{hour}" for hour in range(24))

HEADER = """\
id: tiny
label_en: Tiny
label_zh: 微型
base_year: 2020
years: [2021, 2025, 2030]
price_year: 2020
variants: {clean: consumed}
"""

# Row numbers in the tests are those of Excel: the header is row 1.
TABLES = {
    "sectors": "id,label_en,label_zh\npower,Power,电力\n",
    "counties": "id,label_en,label_zh\nnorth,North,北县\n",
    "bureaus": "id,label_en,label_zh\nenergy_bureau,Energy bureau,能源局\n",
    "payers": "id,label_en,label_zh\ngenerators,Generators,发电企业\n",
    "clauses": "id,label_en,label_zh,bureaus\nclause_1,Clause 1,第一条,energy_bureau\n",
    "coverage": (
        "kind,number,clause,words_zh,words_en,items,reason_en,reason_zh,context\n"
        "clause,1,clause_1,发展风电,Develop wind,build_wind;clean_share,,,no\n"
        "target,1,clause_1,不超过,At most,clean_share,,,no\n"
        "measure,1,clause_1,加强宣传,Publicity,,Nothing to count,无可计量,yes\n"
    ),
    "drivers": "id,label_en,label_zh,unit\ngdp,Product,生产总值,亿元\n",
    "commodities": (
        "id,label_en,label_zh,unit,balance\n"
        "electricity,Electricity,电力,TWh,hourly\n"
        "coal,Coal,煤炭,Mtce,yearly\n"
        "heat,Heat,热力,TWh,hourly\n"
    ),
    "technologies": (
        "id,label_en,label_zh,sector,operation,capacity_unit,activity_unit,profile,host,heat,serves\n"
        "coal_plant,Coal plant,煤电,power,committed,GW,TWh,,,heat,city\n"
        "coal_saving,Retrofit,改造,power,saving,GW,TWh,,coal_plant,,city\n"
        "wind_farm,Wind,风电,power,variable,万千瓦,亿千瓦时,wind,,,city\n"
        "battery,Battery,储能,power,storage,GW,TWh,,,,city\n"
        "furnace,Furnace,电炉,power,shaped,Mt,Mt,flat,,,city\n"
        "coking,Coking,炼焦,power,yearly,Mt,Mt,,,,city\n"
        "coal_flex,Flexible,灵活性,power,flexibility,GW,TWh,,coal_plant,,city\n"
    ),
    "flows": (
        "technology,commodity,year,value,unit,low,high,status,source\n"
        "coal_plant,electricity,,1,1,,,sourced,definition\n"
        "coal_plant,coal,,-300,gce/kWh,,,sourced,yearbook\n"
        "wind_farm,electricity,,1,1,,,sourced,definition\n"
        "furnace,electricity,2021,-0.5,TWh/Mt,,,sourced,yearbook\n"
        "coking,coal,,-1.4,Mtce/Mt,,,sourced,yearbook\n"
    ),
    "existing": (
        "id,label_en,label_zh,technology,county,since,until,value,unit,low,high,status,source\n"
        "old_coal,Old coal,老机组,coal_plant,north,2000,2026,60,万千瓦,,,sourced,list\n"
    ),
    "measures": (
        "id,label_en,label_zh,sector,clause,payer,county,kind,unit,whole,usual,earliest,latest,lead_time\n"
        "build_wind,Build wind,新建风电,power,clause_1,generators,north,build,万千瓦,no,no,2021,2030,1\n"
        "build_coal,Build coal,新建煤电,power,clause_1,generators,,build,MW,yes,yes,,,0\n"
        "plant_trees,Plant trees,造林,power,clause_1,generators,,plant,万亩,no,no,,,0\n"
    ),
    "funding": (
        "payer,fund,value,unit,low,high,status,source\n"
        "generators,enterprise,80,%,70,90,estimate,annual reports\n"
        "generators,bond,0.2,1,0.1,0.3,estimate,annual reports\n"
    ),
    "ramps": "id,label_en,label_zh,unit,measures\nwind_in_all,All wind,全部风电,万千瓦,build_wind\n",
    "projects": (
        "id,label_en,label_zh,measure,county,owner,lead,stage,funding,start,finish,value,unit,low,high,status,source\n"
        "north_wind,Wind farm in the north,北部风电场,build_wind,north,Wind Co,,在建,bond,2024,2026,12,亿元,,,sourced,list\n"
    ),
    "effects": (
        "measure,item,lifetime,until,stock,lag,curve,value,unit,low,high,status,source\n"
        "build_wind,wind_farm,,,,0,,1,1,,,sourced,definition\n"
        "build_coal,coal_plant,,2029,,0,,1,1,,,sourced,definition\n"
        "plant_trees,forest_area,,,,3,growth,1,1,,,sourced,definition\n"
    ),
    "curves": "curve,age,value,unit,low,high,status,source\ngrowth,0,0,1,0,0.1,estimate,estimate: guess\ngrowth,10,1,1,,,sourced,table\n",
    "profiles": (
        "id,label_en,label_zh,kind,value,unit,low,high,status,source\n"
        "wind,Wind,风,availability,1752,h,,,sourced,statistics\n"
        "flat,Flat,平,shape,1,1,,,sourced,definition\n"
    ),
    "profile_days": (
        f"profile,period,{HOURS}\n"
        + "wind,summer," + ",".join(["0.2"] * 24) + "\n"
        + "wind,winter," + ",".join(["0.3"] * 24) + "\n"
        + "flat,summer," + ",".join(["1"] * 24) + "\n"
        + "flat,winter," + ",".join(["1"] * 24) + "\n"
    ),
    "periods": "id,label_en,label_zh,days\nsummer,Summer,夏,183\nwinter,Winter,冬,182\n",
    "day_types": (
        "id,profile,share,value,unit,low,high,status,source\n"
        "calm,wind,0.6,0.5,1,,,sourced,statistics\n"
        "windy,wind,0.4,1.75,1,,,sourced,statistics\n"
    ),
    "demands": "id,label_en,label_zh,commodity,shape\ntown_load,Town,城市用电,electricity,flat\n",
    "credit_groups": "id,label_en,label_zh,technologies\nall_wind_firm,Wind at the peak,高峰风电,wind_farm\n",
    "credit_segments": (
        "id,label_en,label_zh,group,beyond,value,unit,low,high,status,source\n"
        "wind_beyond_20,Wind beyond 20 %,风电超过20%,all_wind_firm,0.2,50,%,30,70,estimate,estimate: like elsewhere\n"
    ),
    "markets": (
        "id,label_en,label_zh,commodity,direction,payer,shape\n"
        "grid_buy,Buy,购电,electricity,buy,generators,flat\n"
        "grid_sell,Sell,售电,electricity,sell,generators,\n"
        "coal_buy,Coal,购煤,coal,buy,generators,\n"
    ),
    "carbon_markets": "id,label_en,label_zh,unit\nnational_market,Carbon market,碳市场,Mt\n",
    "allowance_groups": "id,label_en,label_zh,market,payer,since\ncoking_works,Coking works,焦化厂,national_market,generators,2025\n",
    "allowance_outputs": "id,label_en,label_zh,group,technology,by\ncoke_made,Coke,焦炭,coking_works,coking,activity\n",
    "transfers": "id,label_en,label_zh,kind,payer,receiver,indicator,measures\nwind_grant,Grant,补贴,subsidy,,generators,,build_wind\n",
    "deflators": "year,value,unit,low,high,status,source\n2015,90,%,,,sourced,statistics\n2020,100,%,,,sourced,statistics\n",
    "iamc": "item,amount,flow,variable,value,unit,reason\nco2,total,,Emissions|CO2|Energy,,,all of it from coal\n",
    "indicators": (
        "id,label_en,label_zh,unit,boundary,stands_for,variant\n"
        "co2,CO2,二氧化碳,Mt,city,,\n"
        "coal_use,Coal use,煤炭消费,Mtce,city,,\n"
        "clean__consumed,Clean,清洁电量,TWh,city,clean,consumed\n"
        "generation,Generation,发电量,TWh,city,,\n"
        "forest_area,Forest,森林面积,kha,city,,\n"
        "forest_sink,Sink,碳汇,Mt,city,,\n"
    ),
    "accounts": (
        "indicator,item,by,year,value,unit,low,high,status,source\n"
        "coal_use,coal,use,,1,1,,,derived,definition\n"
        "co2,coal_use,indicator,,2.66,t/tce,,,sourced,guidelines\n"
        "clean__consumed,wind_farm,activity,,1,1,,,derived,definition\n"
        "generation,wind_farm,activity,,1,1,,,derived,definition\n"
        "generation,grid_buy,bought,,1,1,,,derived,definition\n"
        "generation,grid_sell,sold,,-1,1,,,derived,definition\n"
        "forest_sink,forest_area,change,,-2,t/ha,-3,-1,estimate,estimate: stock per hectare\n"
    ),
    "residuals": (
        "id,label_en,label_zh,sector,item,value,unit,low,high,status,source\n"
        "rest_coal,Rest,其余煤炭,power,coal,50,万吨标准煤,,,sourced,yearbook\n"
    ),
    "targets": (
        "id,label_en,label_zh,series,clause,quote,strength,indicator,form,sense,reference,year,value,unit,low,high,status,source\n"
        "co2_cap,CO2,二氧化碳,co2_cap,clause_1,不超过,binding,co2,level,<=,,2030,300,万吨,,,sourced,plan\n"
        "clean_share,Share,占比,clean_share,clause_1,达到,binding,clean,share,>=,generation,2030,19,%,,,sourced,plan\n"
        "co2_intensity,Intensity,强度,co2_intensity,clause_1,下降,binding,co2,change_per_driver,<=,gdp,2025,-18,%,,,sourced,plan\n"
        "awaited,Awaited,待定,awaited,clause_1,省下达,expected,coal_use,level,<=,,2025,,Mtce,,,sourced,plan\n"
    ),
    "couplings": (
        "id,label_en,label_zh,kind,sense,value,unit,low,high,status,source\n"
        "coal_after_wind,Coal after wind,先风后煤,requires,<=,0,GW,,,sourced,plan\n"
        "trees_first,Trees first,先造林,requires,>=,0,万亩,,,sourced,plan\n"
    ),
    "coupling_terms": (
        "coupling,item,by,value,unit,low,high,status,source\n"
        "coal_after_wind,build_coal,level,1,1,,,sourced,plan\n"
        "coal_after_wind,build_wind,level,-1,1,,,sourced,plan\n"
        "trees_first,plant_trees,level,1,1,,,sourced,plan\n"
        "trees_first,build_wind,level,-1,万亩/万千瓦,,,sourced,plan\n"
    ),
    "facts": (
        "id,label_en,label_zh,indicator,year,role,boundary,value,unit,low,high,status,source\n"
        "coal_2020,Coal,煤炭,coal_use,2020,fitted,city,1,Mtce,0.9,1.1,mixed,yearbook\n"
    ),
    "handed_down": "target,year,value,unit,document\nco2_intensity,2025,-18,%,No. 8\n",
    "figures": "id,label_en,label_zh,year,value,unit,status,source,target,reason_en,reason_zh\ngood_days,Good days,优良天数,2021,300,天,sourced,bulletin,,not modelled,未建模\n",
    "official": "target,year,result,document,source\nco2_intensity,2025,met,No. 7,list\n",
    "actuals": "measure,year,value,unit,low,high,status,source\nbuild_wind,2021,3,万千瓦,2,4,estimate,estimate: press\n",
    "settings": "id,label_en,label_zh,value,unit,low,high,status,source\ndiscount_rate,Rate,贴现率,6,%/yr,,,sourced,guide\n",
    "numbers": (
        "item,quantity,year,value,unit,low,high,status,source\n"
        "build_wind,investment,2020,6000,CNY/kW,,,sourced,report\n"
        "build_wind,lifetime,,20,yr,,,sourced,report\n"
        "build_wind,potential,,50,万千瓦,40,60,estimate,estimate: map\n"
        "build_coal,unit_size,,660,MW,,,sourced,report\n"
        "coal_plant,minimum_load,,50,%,,,sourced,report\n"
        "coal_plant,heat_ratio,,1.2,1,,,sourced,report\n"
        "battery,storage_hours,,2,h,,,sourced,report\n"
        "coal_flex,minimum_load_cut,,20,%,,,sourced,report\n"
        "town_load,amount,2020,30,亿千瓦时,,,sourced,yearbook\n"
        "town_load,amount,2030,40,亿千瓦时,,,sourced,yearbook\n"
        "gdp,amount,2020,100,亿元,,,sourced,yearbook\n"
        "grid_buy,price,2020,0.4,CNY/kWh,,,sourced,tariff\n"
        "grid_sell,price,2020,0.3,CNY/kWh,,,sourced,tariff\n"
        "coal_buy,price,,800,CNY/tce,,,sourced,market\n"
        "coal_plant,availability,,0.9,1,,,sourced,report\n"
        "build_wind,committed,2021,2,万千瓦,,,sourced,list\n"
        "wind_in_all,up,,30,%,,,sourced,bureau\n"
        "wind_in_all,start,,5,万千瓦,,,sourced,bureau\n"
        "wind_farm,capacity_credit,,0.1,1,,,sourced,report\n"
        "national_market,price,,60,CNY/t,,,sourced,exchange\n"
        "coke_made,verified,,0.5,t/t,,,sourced,list\n"
        "coke_made,benchmark,,0.4,t/t,,,sourced,plan\n"
        "wind_grant,share,,10,%,,,sourced,notice\n"
    ),
}  # fmt: skip


def _lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@dataclass
class TinyCase:
    """Tables as lists of cells that a test may change, and then writes."""

    header: str = HEADER
    tables: dict[str, list[list[str]]] = field(default_factory=lambda: {name: _lines(text) for name, text in TABLES.items()})

    def cell(self, table: str, row: int, column: str, text: str) -> TinyCase:
        """Write `text` into a cell; rows count as in Excel."""
        self.tables[table][row - 1][self.tables[table][0].index(column)] = text
        return self

    def add(self, table: str, **cells: str) -> TinyCase:
        """Add a row."""
        self.tables[table].append([cells.get(column, "") for column in self.tables[table][0]])
        return self

    def drop_row(self, table: str, row: int) -> TinyCase:
        """Remove a row."""
        del self.tables[table][row - 1]
        return self

    def drop_column(self, table: str, column: str) -> TinyCase:
        """Remove a column."""
        position = self.tables[table][0].index(column)
        for line in self.tables[table]:
            del line[position]
        return self

    def say(self, old: str, new: str) -> TinyCase:
        """Replace a text in case.yaml."""
        assert old in self.header
        self.header = self.header.replace(old, new)
        return self

    def text(self, table: str) -> str:
        """A table as CSV."""
        made = io.StringIO()
        csv.writer(made, lineterminator="\n").writerows(self.tables[table])
        return made.getvalue()

    def write(self, folder: Path, *, encoding: str = "utf-8") -> Path:
        """Write the case into a new folder."""
        folder.mkdir(parents=True)
        (folder / "case.yaml").write_bytes(self.header.encode(encoding))
        for table in self.tables:
            (folder / f"{table}.csv").write_bytes(self.text(table).encode(encoding))
        return folder


def same(one: Case, other: Case) -> bool:
    return one.header == other.header and one.tables == other.tables


def as_workbook(case: TinyCase, path: Path, *, header: dict[str, object] | None = None) -> Path:
    """The case as one workbook, numbers as numbers, as a planner's Excel would hold them."""
    book = openpyxl.Workbook()
    front = book.active
    front.title = "case"
    told = {
        "id": "tiny",
        "label_en": "Tiny",
        "label_zh": "微型",
        "base_year": 2020,
        "years": "2021; 2025; 2030",
        "price_year": 2020,
        "variants.clean": "consumed",
    }
    for pair in (told | (header or {})).items():
        front.append(pair)
    for table, lines in case.tables.items():
        sheet = book.create_sheet(table)
        for line in lines:
            sheet.append([_value(text) for text in line])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def _value(text: str) -> object:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text or None
