package doctag_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"xunwen/internal/source/doctag"
	"xunwen/internal/source/field"
	"xunwen/internal/source/hantest"
)

func valid(int, int) error { return nil }

// shown returns what a collection is read as, a line for each document and error.
func shown(text string) string {
	var lines []string
	for record, err := range doctag.Read(strings.NewReader(text), field.Reader{}, valid) {
		if err != nil {
			lines = append(lines, err.Error())
			continue
		}
		parts := []string{record.Article.Title}
		for _, p := range record.Article.Paragraphs {
			parts = append(parts, p.Text)
		}
		lines = append(lines, strings.Join(append(parts, record.Left...), "|"))
	}
	return strings.Join(lines, "\n")
}

const outside = "text that is in no document: put it between <doc> and </doc>"

func TestRead(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"<doc>\n<docno>a1</docno>\n<contenttitle>新桥</contenttitle>\n<content>甲&乙</content>\n</doc>\n", "新桥|甲&乙"},
		{`<doc id="a1" title="新桥">` + "\n甲\n乙</doc>", "新桥|甲|乙"},
		{"<DOC><HEADLINE>新桥</HEADLINE><TEXT><P>甲</P><P>乙</P></TEXT></DOC>", "新桥|甲|乙"},
		{"<doc><title>新桥</title><body><![CDATA[甲<b>乙</b>]]></body></doc>", "新桥|甲乙"},
		{"<doc><content>甲</doc>\n<doc><content>乙</content></doc>", "|甲\n|乙"},
		{"<doc><content>甲</content>乙</doc>", "|甲|乙"},
		{"<doc><content>甲<content>乙</content>丙</content></doc>", "|甲<content>乙</content>丙"},
		{"<docs>\n<!-- 注 -->\n<doc><title>新桥</title></doc>\n</docs>", "新桥"},
		{"序\n<doc><content>甲</content></doc> 跋\n", "line 1: " + outside + "\n|甲\nline 2: " + outside},
		{"<doc><content>甲", "line 1: the file ends within a document that begins here"},
	} {
		if got := shown(tt.text); got != tt.want {
			t.Errorf("%q:\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestReadError(t *testing.T) {
	in := iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("<doc><title>新桥")))
	for _, err := range doctag.Read(in, field.Reader{}, valid) {
		var end *field.ReadError
		if !errors.As(err, &end) || end.Line != 1 {
			t.Errorf("%v", err)
		}
	}
}

func TestLongLine(t *testing.T) {
	long := strings.Repeat("甲", 1<<17)
	got := shown("<doc><content>" + long + "</content></doc>\n<doc><content>乙</content></doc>")
	if got != "|"+long+"\n|乙" {
		t.Errorf("%.100s", got)
	}
}

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{
		"<doc>": true, "<DOC id=1>\n": true, "<?xml version=\"1.0\"?>\n<docs>\n<doc>": true,
		"<!-- 注 --><document>": true,
		"<docs>":               false, "<documentation>": false, "文<doc>": false, "": false,
	} {
		if got := doctag.Is([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// FuzzRead checks that nothing panics and that no Han character of a text without tags inside
// elements is lost.
func FuzzRead(f *testing.F) {
	f.Add("<doc>\n<url>u</url>\n<contenttitle>新桥</contenttitle>\n<content>甲&乙</content>\n</doc>\n")
	f.Add("<docs>序<doc id=\"a1\" title=\"新桥\">甲</doc>跋\n<doc><content>乙</doc></docs>")
	f.Add("⼼") // a radical outside of documents
	f.Add("<doc><body><![CDATA[甲<b>乙</b>]]></body>丙<title>丁")
	f.Fuzz(func(t *testing.T, text string) {
		kept := []string{}
		for record, err := range doctag.Read(strings.NewReader(text), field.Reader{}, valid) {
			if err != nil || len(record.Left) > 0 {
				return // reported
			}
			kept = append(kept, hantest.Texts(record.Article)...)
		}
		bare := strings.NewReplacer("<doc>", "", "</doc>", "", "<content>", "", "</content>", "", "<title>", "",
			"</title>", "").Replace(text)
		if strings.ContainsAny(bare, "<>&") {
			return
		}
		if lost := hantest.Lost(bare, kept...); lost != "" {
			t.Errorf("%q loses %q: %q", text, lost, kept)
		}
	})
}
