package html

import (
	"regexp"
	"strings"
)

// Some pages state in a script what a script then shows: WeChat's in var ct and var
// nickname, many others in publishTime.

// scriptFacts are such values, as written.
type scriptFacts struct {
	date, nickname, title string
	data                  []string // scripts that have sentences
}

var (
	dateVariables = strings.Fields(
		"ct publish_time publishTime pubtime pubTime publishDate create_time createTime")
	nameVariables  = []string{"nickname", "nick_name"}
	titleVariables = []string{"msg_title"}
	// The value of a variable or member, after its name.
	assigned = regexp.MustCompile(
		`^["']?\s*[:=]\s*(?:[A-Za-z_.]{1,20}\(\s*)?(?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|(\d{8,14})\b)`,
	)
)

// maxScriptFacts bounds how often a name is looked for in one script.
const maxScriptFacts = 8

// read notes what a script states; the first value of each kind counts.
func (f *scriptFacts) read(script string) {
	if strings.Contains(script, "。") || strings.Contains(script, `\u3002`) {
		f.data = append(f.data, script)
	}
	if f.date == "" {
		for _, name := range dateVariables {
			if f.date = variable(script, name, func(v string) bool { return dayOf(v) != "" }); f.date != "" {
				break
			}
		}
	}
	any := func(string) bool { return true }
	for _, name := range nameVariables {
		if f.nickname == "" && strings.Contains(script, "var "+name) {
			f.nickname = strings.TrimSpace(variable(script, name, any))
		}
	}
	for _, name := range titleVariables {
		if f.title == "" {
			f.title = variable(script, name, any)
		}
	}
}

// variable returns the first value of a variable that fits.
func variable(script string, name string, fits func(string) bool) string {
	for range maxScriptFacts {
		i := strings.Index(script, name)
		if i < 0 {
			return ""
		}
		isPart := i > 0 && isNameByte(script[i-1])
		script = script[i+len(name):]
		if isPart {
			continue
		}
		if m := assigned.FindStringSubmatch(script[:min(len(script), 300)]); m != nil {
			if value := m[1] + m[2] + m[3]; fits(value) {
				return value
			}
		}
	}
	return ""
}

func isNameByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}
