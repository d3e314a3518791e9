"""The sentences of faults met in reading: files, the head of the case, tables, single cells; English and Chinese."""

from __future__ import annotations

READING_WORDS: dict[str, tuple[str, str]] = {
    # files
    "missing_file": (
        "found nothing there, expected {expected}; add it or correct its name",
        "未找到，应有{expected}；请补充或更正名称",
    ),
    "unknown_file": (
        "found a table {found} that no case has, expected one of {expected}; rename it (a table in parts: numbers-heat, numbers-power) "
        "or remove it",
        "发现未知的表{found}，应为以下之一：{expected}；请改名（分成多个文件的表写作numbers-heat、numbers-power）或移除",
    ),
    "unreadable_encoding": (
        "found text in an unknown encoding (it starts with {found}), expected {expected}; save the file as “CSV UTF-8”",
        "发现无法识别的文字编码（开头为{found}），应为{expected}；请另存为“CSV UTF-8”",
    ),
    "unreadable_file": (
        "found a file that cannot be opened ({found}), expected {expected}; save it again from the programme that made it",
        "发现无法打开的文件（{found}），应为{expected}格式；请用原软件重新保存",
    ),
    "file_too_large": (
        "found {found}, expected {expected}; split the table into several files or remove what is not needed",
        "文件大小为{found}，应{expected}；请拆分为多个文件或删去无用内容",
    ),
    "too_many_rows": (
        "found {found} rows, expected {expected}; split the table into several files",
        "行数{found}，应{expected}；请拆分为多个文件",
    ),
    "cell_too_long": (
        "found {found} characters, expected {expected}; shorten the cell",
        "单元格有{found}个字符，应{expected}；请缩短内容",
    ),
    "include_outside": (
        "found {found}, expected a folder inside {expected}; copy it to beside the case and include the copy, such as ../common",
        "发现{found}，应为{expected}内的文件夹；请复制到与本案例并列处再引用，如 ../common",
    ),
    # case.yaml
    "yaml_fault": (
        "found {found}, expected lines of the form {expected}; correct this line",
        "发现{found}，应为“{expected}”形式；请更正此行",
    ),
    "yaml_alias": (
        "found the anchor or alias {found}, expected plain values; write the value out",
        "发现锚点或别名{found}，应为普通取值；请直接写出内容",
    ),
    "yaml_duplicate_key": (
        "found {found} a second time, expected each key once; remove one of the two",
        "{found}重复出现，每个键应只出现一次；请删去其一",
    ),
    "unknown_key": (
        "found the key {found}, expected one of {expected}; correct or remove it",
        "发现未知的键{found}，应为以下之一：{expected}；请更正或删去",
    ),
    "missing_key": (
        "found no {expected}, expected a value; add the key {expected}",
        "缺少{expected}，应有取值；请补充该键",
    ),
    "bad_setting": (
        "found {found}, expected the form {expected}; correct the value",
        "发现{found}，应为{expected}形式；请更正取值",
    ),
    "years_not_rising": (
        "found {found}, expected a year {expected}; list the years once each, rising, after base_year",
        "发现{found}，应{expected}；年份须在base_year之后逐年递增且不重复",
    ),
    "decide_from_outside": (
        "found {found}, expected a year in {expected}; choose one of them",
        "发现{found}，应在{expected}之间；请从中选定",
    ),
    "unknown_variant": (
        "found {found}, expected one of {expected}; choose one of them under variants in the head of the case",
        "发现{found}，应为以下之一：{expected}；请在案例头的variants中选定其一",
    ),
    # tables and their columns
    "missing_table": (
        "found no table {expected}, expected a file of that name; add {file}, in the case or in a folder it includes",
        "缺少表{expected}，应有同名文件；请在本案例或所引用的文件夹中补充{file}",
    ),
    "empty_table": (
        "found {found} rows, expected {expected}; add rows or remove the file",
        "发现{found}行数据，应{expected}；请补充数据或移除该文件",
    ),
    "no_heading": (
        "found {found} in the first row, expected the names of columns ({expected}); name the columns in one row, titles above it, rows below",
        "首行为{found}，应为列名（{expected}）；请用一行写列名，标题置于其上，数据置于其下",
    ),
    "hidden_sheet": (
        "found the sheet {found} hidden, expected a sheet that can be seen; show it or delete it",
        "工作表{found}被隐藏，应为可见；请取消隐藏或删除",
    ),
    "hidden_cells": (
        "found hidden rows or columns that hold data ({found}), expected all to be seen; show them (a filter hides rows too) or delete them",
        "有数据的行或列被隐藏（{found}），应全部可见；请取消隐藏（含筛选隐藏的行）或删除",
    ),
    "merged_cells": (
        "found merged cells ({found}), which hold one value only, expected none below the heading; unmerge them and fill each cell",
        "发现合并单元格（{found}），其中只有一格有值，表头以下不应合并；请取消合并并逐格填写",
    ),
    "unknown_column": (
        "found a column {found}, expected only {expected}; rename or remove it",
        "发现未知的列{found}，应仅有：{expected}；请改名或删去",
    ),
    "missing_column": (
        "found no column {expected}, expected one; add the column {expected} to the header row",
        "缺少列{expected}，应有此列；请在表头补充",
    ),
    "duplicate_column": (
        "found the column {found} twice, expected it once; remove one of the two",
        "列{found}重复，应只出现一次；请删去其一",
    ),
    "extra_cell": (
        "found “{found}” beyond the last column, expected {expected} cells; put text that holds a comma in quotation marks, write "
        "numbers without commas, or, if every row is told so, name the missing column in the header row",
        "末列之后还有“{found}”，应有{expected}个单元格；含逗号的文字请加引号，数字请勿用千分位逗号；若各行均有此提示，请在表头补上缺少的列名",
    ),
    # single cells
    "missing_value": (
        "found an empty cell, expected {expected}; fill it in",
        "发现空单元格，应填写{expected}；请补充",
    ),
    "not_a_number": (
        "found {found}, expected a number such as {expected}; write digits only, the unit goes into its own column",
        "发现{found}，应为数字，如{expected}；请只写数字，单位填在单位列",
    ),
    "not_a_whole_number": (
        "found {found}, expected a whole number such as {expected}; write digits only",
        "发现{found}，应为整数，如{expected}；请只写数字",
    ),
    "not_finite": (
        "found {found}, expected a finite number such as {expected}; write the number or leave the row out",
        "发现{found}，应为有限的数字，如{expected}；请填写数值或删去该行",
    ),
    "percent_cell": (
        "found {found}, expected a share only where the unit is one of {expected} or the column is a share; write the number in the row's unit, "
        "without the percent sign or format",
        "发现{found}，仅当单位为{expected}或该列本身为占比时才可写百分数；请按该行单位填写数值，去掉百分号或百分比格式",
    ),
    "scaled_cell": (
        "found the format {found}, which shows a thousandth or less of what the cell holds, expected {expected}; write the number as it is meant",
        "单元格格式{found}按千分之一或更小显示数值，与所存数值不符，应为{expected}；请改为常规格式并填写实际数值",
    ),
    "error_value": (
        "found the error {found}, expected a value; correct the formula or write the value",
        "发现错误值{found}，应为有效取值；请更正公式或直接填写数值",
    ),
    "no_stored_value": (
        "found a formula without a stored result ({found}), expected a value; open the file in Excel and save it, or write the value",
        "公式{found}没有已存储的结果，应为取值；请用Excel打开后保存，或直接填写数值",
    ),
    "unknown_choice": (
        "found {found}, expected one of {expected}; choose one of them",
        "发现{found}，应为以下之一：{expected}；请选用其一",
    ),
    "bad_id": (
        "found {found}, expected a name of {expected} that starts with a letter; rename it here and where it is referred to",
        "发现{found}，应为以字母开头、由{expected}组成的标识；请在此处及引用处改名",
    ),
    "out_of_bounds": (
        "found {found}, expected {expected}; correct the number or its unit",
        "发现{found}，应{expected}；请更正数值或单位",
    ),
    "bad_value": (
        "found {found}, expected a value of {expected}; correct it",
        "发现{found}，应为{expected}的有效取值；请更正",
    ),
}
