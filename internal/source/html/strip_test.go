package html_test

import (
	"reflect"
	"strings"
	"testing"

	"xunwen/internal/source/html"
)

// TestLongScripts reads pages with short scripts, which the tokenizer reads, and with long
// ones, which are passed over.
func TestLongScripts(t *testing.T) {
	const text = "<h1>柳河新桥通车</h1>" + sentence + sentence
	padding := strings.Repeat("var a = '<p>甲</p>';\n", 200)
	for name, page := range map[string]string{
		"fact":              "<script>PAD var publishTime = '2024-03-05 08:30';</script>" + text,
		"upper case":        "<SCRIPT>PAD</SCRIPT>" + text + "<script>PAD</script><p>尾声在这里，也是一句话。</p>",
		"attributes":        "<script type=text/javascript async>PAD</script\n>" + text,
		"longer name":       "<script>PAD '</scripts>'</script>" + text,
		"style":             "<style>PAD .a>b{}</style>" + text,
		"comment":           "<script><!--\nPAD '<script>1</script>' //--></script>" + text,
		"without end":       text + "<script>PAD" + text,
		"no script element": "<textarea><script>PAD</textarea>" + text + "<p></script>尾声在这里，也是一句话。</p>",
	} {
		short, err := html.Parse(strings.ReplaceAll(page, "PAD", ""))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		long, err := html.Parse(strings.ReplaceAll(page, "PAD", padding))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(short, long) {
			t.Errorf("%s:\n%+v\n%+v", name, short, long)
		}
		if name == "fact" && long.Date != "2024-03-05" {
			t.Errorf("%s: date %s", name, long.Date)
		}
	}
}

// TestAttributes reads what attributes say, however they are written.
func TestAttributes(t *testing.T) {
	for _, tag := range []string{
		`<span class="source">`, `<span class = 'source'>`, `<span class=source>`, `<span CLASS="source"/>`,
		`<span onclick="a('x>y')" class="source">`, `<span data-a='"' title="class='b'" class=source>`,
		"<span\n\tdata-v-1 class=\"source\"\n>", `<span =a class="source">`, `<span a b=c/class=source class="source">`,
	} {
		page := "<h1>柳河新桥通车</h1><div>2024-03-05 08:30 " + tag + "柳河观察</span></div>" + sentence + sentence
		a, err := html.Parse(page)
		if err != nil || a.Source != "柳河观察" {
			t.Errorf("%s: source %q, %v", tag, a.Source, err)
		}
	}
	hidden := "<h1>柳河新桥通车</h1>" + sentence + sentence + `<p onclick="f()" style="color:red;display: none">另一句话在这里。</p>`
	a, err := html.Parse(hidden)
	if err != nil || len(a.Paragraphs) != 2 {
		t.Errorf("%d paragraphs, %v", len(a.Paragraphs), err)
	}
}
