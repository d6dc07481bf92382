"""A small invented disclosure as text: quick to read and embed, whole or in its two halves."""

from __future__ import annotations

_NARRATIVE = """777临海市{name}{year}年部门预算公开说明

第一部分 777临海市{name}概况

一、主要职责

（一）贯彻执行国家有关渔业发展的方针政策，拟订全市渔业发展规划并组织实施。

（二）负责渔业资源监测和渔政执法工作。

第二部分 777临海市{name}{year}年部门预算情况说明

一、部门收支总体情况说明

{year}年部门收支总预算{total}万元，同比增加10.00万元，增长5.26%，主要原因是新增渔政执法船运行经费。

二、部门收入总体情况说明

{year}年部门收入总预算{total}万元，其中：一般公共预算拨款收入{total}万元，占总收入的100.00%。

三、部门支出总体情况说明

{year}年部门支出总预算{total}万元，其中：基本支出150.00万元，项目支出50.00万元。

四、一般公共预算“三公”经费支出情况说明

{year}年“三公”经费预算3.00万元，比上年减少0.50万元，主要原因是压减公务接待批次。其中：公务接待费1.00万元，公务用车运行维护费2.00万元，因公出国（境）费0.00万元，公务用车购置费0.00万元。

五、政府性基金预算支出情况说明

{year}年我部门没有安排政府性基金预算支出。

"""
_TABLES = """第三部分 777临海市{name}{year}年部门预算报表

表1

部门收支总体情况表

部门：777-临海市{name}\t单位：万元

收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t{total}\t一、农林水支出\t{total}
二、政府性基金预算拨款收入\t0.00\t\t
本年收入合计\t{total}\t本年支出合计\t{total}
收入总计\t{total}\t支出总计\t{total}

表2

部门收入总体情况表

部门：777-临海市{name}\t单位：万元

部门（单位）代码\t部门（单位）名称\t合计\t一般公共预算拨款收入
777\t临海市{name}\t{total}\t{total}
777001\t临海市{name}\t{total}\t{total}

表3

部门支出总体情况表

部门：777-临海市{name}\t单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t{total}\t150.00\t50.00
213\t农林水支出\t{total}\t150.00\t50.00
21301\t农业农村\t{total}\t150.00\t50.00
2130101\t行政运行\t150.00\t150.00\t0.00
2130110\t执法监管\t50.00\t0.00\t50.00

表4

财政拨款收支总体情况表

部门：777-临海市{name}\t单位：万元

收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款\t{total}\t一、农林水支出\t{total}
收入总计\t{total}\t支出总计\t{total}

表5

一般公共预算支出情况表

部门：777-临海市{name}\t单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t{total}\t150.00\t50.00
2130101\t行政运行\t150.00\t150.00\t0.00
2130110\t执法监管\t50.00\t0.00\t50.00

"""


def disclosure_text(name: str = "渔业局", year: int = 2031, total: str = "200.00") -> str:
    """Narrative and tables of one department."""
    return narrative_text(name, year, total) + tables_text(name, year, total)


def narrative_text(name: str = "渔业局", year: int = 2031, total: str = "200.00") -> str:
    return _NARRATIVE.format(name=name, year=year, total=total)


def tables_text(name: str = "渔业局", year: int = 2031, total: str = "200.00") -> str:
    return _TABLES.format(name=name, year=year, total=total)
