"""What a file holds is told by its columns, or by nobody."""

import pytest

from jinzita.integration.services.guessing import guess_kind
from jinzita.kernel.access import system

WHO = system("test")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("客户编号,客户名称,手机,邮箱,行业,负责人", "customers"),
        ("公司全称,手机号码,客户行业,地区", "customers"),
        ("编号,名称", "customers"),
        ("Account Name,Mobile Phone,Industry", "customers"),
        ("联系人编号,客户编号,姓名,职务,手机,邮箱", "contacts"),
        ("所属公司,联系人,手机号码,职务", "contacts"),
        ("customer,name,phone,job title", "contacts"),
        ("客户,地址类型,省,市,地址,邮编", "addresses"),
        ("customer,kind,value,label", "channels"),
        ("客户,关系,对方客户,开始日期,备注", "relations"),
        ("Account Name,Relationship,Related Account,Start Date,Remarks", "relations"),
        ("客户,渠道,目的,状态,日期", "consents"),
        ("customer,channel,purpose,state,at", "consents"),
        ("产品编号,产品名称,类别,单价", "products"),
        ("订单号,客户,下单时间,金额", "transactions"),
        ("key,customer,date,amount", "transactions"),
        ("Order ID,Customer ID,Order Date,Amount,Cost", "transactions"),
        ("订单号,客户,日期,产品,数量,金额", "transaction_lines"),
        ("发票号,客户编号,开票日期,到期日,金额", "invoices"),
        ("收款编号,客户,收款日期,收款金额,发票号", "receipts"),
        ("编号,客户,时间,类型,主题", "interactions"),
        ("联络编号,客户编号,联络时间,联络方式,内容", "interactions"),
        ("商机编号,客户,商机名称,预计金额,赢率,状态", "opportunities"),
        ("Opportunity Name,Account Name,Amount,Probability,Stage,Close Date", "opportunities"),
    ],
)
def test_the_columns_tell_what_a_file_holds(db, header, kind):
    assert guess_kind(header.split(","), WHO) == kind


@pytest.mark.parametrize(
    "header", ["天气,温度,湿度", "a,b,c", "编号,日期", "客户编号", "名称,温度,湿度,风力,能见度"]
)
def test_nothing_is_said_of_what_fits_nothing(db, header):
    assert guess_kind(header.split(","), WHO) is None
