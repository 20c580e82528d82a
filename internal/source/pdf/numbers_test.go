package pdf

import (
	"strings"
	"testing"
)

func TestOutline(t *testing.T) {
	tests := []struct{ headings, numbered string }{
		{"一、渡船|二、码头|（一）人|（二）船", "一、渡船|二、码头|（一）人|（二）船"},
		{"第一章 渡船|1.1 人|1.2 船|第二章 码头|2.1 路", "第一章 渡船|1.1 人|1.2 船|第二章 码头|2.1 路"},
		{"3.15晚会说到船厂|1.2亿人坐船|2023.5码头大事|十一、中秋加班|5.1假期排队", ""},
		{"1.1 人|1.2 船|1.2.1 船的年纪|1.2.2 船的大小", "1.1 人|1.2 船|1.2.1 船的年纪|1.2.2 船的大小"},
		{"2.3 船|2.4 码头", "2.3 船|2.4 码头"},
		{"4．1 人|4．2 船", "4．1 人|4．2 船"},
		{"1、人|2、船", "1、人|2、船"},
		{"第十九条 船|第二十条 人", "第十九条 船|第二十条 人"},
		{"3.0版", ""},
		{"一、人", "一、人"},
	}
	for _, tt := range tests {
		o := outline{}
		headings := strings.Split(tt.headings, "|")
		for _, h := range headings {
			o.note(h)
		}
		var got []string
		for _, h := range headings {
			if o.isNumbered(h) {
				got = append(got, h)
			}
		}
		if strings.Join(got, "|") != tt.numbered {
			t.Errorf("%s: numbered are %v", tt.headings, got)
		}
	}
}
