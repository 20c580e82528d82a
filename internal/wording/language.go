package wording

import "golang.org/x/text/language"

// Language is a language of the pages, as HTML's lang attribute has it.
type Language string

// The languages, the one that stands for all others first.
const (
	Chinese Language = "zh-CN"
	English Language = "en"
)

// Languages are all of them.
var Languages = []Language{Chinese, English}

// matched are what readers ask for and what they get. Whoever reads traditional
// characters reads simplified ones sooner than English.
var matched = []Language{Chinese, Chinese, English}

var matcher = language.NewMatcher([]language.Tag{language.SimplifiedChinese, language.TraditionalChinese, language.English})

// Preferred is the language for a reader whose browser sends this
// Accept-Language (RFC 9110, RFC 4647); Chinese where it wants neither.
func Preferred(acceptLanguage string) Language {
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return Chinese
	}
	_, i, confidence := matcher.Match(wanted...)
	if confidence < language.High { // by CLDR English may stand for French
		return Chinese
	}
	return matched[i]
}

// Known returns the language of that name.
func Known(name string) (Language, bool) {
	for _, l := range Languages {
		if string(l) == name {
			return l, true
		}
	}
	return Chinese, false
}
