package query

import "strings"

// dateField and lengthField are the fields of date: and length: in the lexer; their
// values are DateRange and Length nodes.
const (
	dateField   FieldName = "date"
	lengthField FieldName = "length"
)

// fieldNames maps what users write before the colon, in lower case, to fields.
var fieldNames = map[string]FieldName{
	"title": Title, "标题": Title, "標題": Title,
	"section": Section, "小标题": Section, "小標題": Section,
	"source": Source, "来源": Source, "來源": Source,
	"byline": Byline, "作者": Byline,
	"publication": Publication, "报纸": Publication, "報紙": Publication,
	"page": Page, "版次": Page,
	"page_name": PageName, "版名": PageName,
	"kind": Kind, "lead": Lead, "导语": Lead,
	"date": dateField, "日期": dateField,
}

// shortNames are the spellings with the fewest characters.
var shortNames = map[FieldName]string{
	Title: "标题", Lead: "导语", Section: "小标题", Source: "来源", Byline: "作者", Publication: "报纸",
	Page: "版次", PageName: "版名", Kind: "kind", dateField: "日期", lengthField: "字数",
}

// longestName is the length of "publication", the longest of fieldNames.
const longestName = 11

// fieldAt reads a field's name and its colon from the start of text; a length of 0
// means that there is none. The value must follow the colon directly.
func fieldAt(text []rune) (name FieldName, length int) {
	for i, r := range text {
		if i > longestName {
			break
		}
		if r != ':' && r != '：' {
			continue
		}
		name, known := fieldNames[strings.ToLower(string(text[:i]))]
		after := i + 1
		if !known || after == len(text) || isBlank(text[after]) || isClosing(text[after]) {
			break
		}
		return name, after
	}
	return "", 0
}
