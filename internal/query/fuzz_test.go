package query

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// Any text gives a tree that String and Parse agree on, or nil, or an error with a
// position in the text. A text that looks like a headline gives no error. The plain
// words of any text are a query.
func FuzzParse(f *testing.F) {
	for _, c := range parseCases(f) {
		f.Add(c.query)
	}
	f.Fuzz(checkQuery)
}

// syntax is what queries are made of, for texts that a fuzzer rarely finds.
var syntax = strings.Fields(`AND NOT ＮＯＴ ／ＳＥＮ ＄５ ２０ 日期：雪 版次：x 标题：- /NEAR /SEN 5 /PRG $5 $ length: 字数：>5 导语： 报纸：《a》 《 》 － — ‘ ’ 』 ＂ ..2022 ( ) （ ） ( ) " " “ ” 「 」 - - -- * ~ ~3 | OR OR title: 标题： source: 日期： date:
	2022 2022-01 2022-02-30 .. 北约 东扩 a C91 ！ ， ” 『 : or 版次：( -( 2022年1月2日 2022..2022-02 a( "a"`)

// TestCombinations checks the same for random combinations of the syntax.
func TestCombinations(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2)) // any seed; fixed, so that a failure can be repeated
	for range 10_000 {
		var q strings.Builder
		for range 1 + random.IntN(20) {
			q.WriteString(syntax[random.IntN(len(syntax))])
			if random.IntN(3) == 0 {
				q.WriteByte(' ')
			}
		}
		checkQuery(t, q.String())
		if t.Failed() {
			return // one is enough to read
		}
	}
}

func checkQuery(t *testing.T, q string) {
	n, err := checkRoundTrip(t, q)
	var bad *Error
	if errors.As(err, &bad) {
		checkError(t, q, bad)
	} else if err != nil {
		t.Errorf("%q: %T is not an *Error", q, err)
	}
	checkInvariants(t, q, n, nil)
	checkPlainWords(t, q)
}

// headlineParts are what headlines are made of: none is an operator between any others.
var headlineParts = strings.Fields(`北约 东扩 年 of NATO 15 iPhone —— ——— — - -- – ： ： : · 、 ， 。 ！ ？ …… 《流浪地球》 “双减”一年
	「光影」之 （图文） (上) 2:1 10-12日 —5 －5℃ $999 $5亿 or and not And Or 3% / // /2 ｜ AT&T C++ #1 @记者 ~ 《》 【专访】 0..1 标题党 生日期待`)

// Headlines are words, whatever signs and spaces they have.
func TestHeadlinesAreWords(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6)) // any seed; fixed, so that a failure can be repeated
	for range 10_000 {
		var q strings.Builder
		for i := range 1 + random.IntN(12) {
			part := headlineParts[random.IntN(len(headlineParts))]
			isDash := strings.Trim(part, "-—–") == ""
			switch {
			case i == 0 && strings.HasPrefix(part, "("): // could be a group that is not closed
				part = "（"
			case isDash && random.IntN(2) == 0:
				part = " " + part + " " // as between a headline and its subtitle
			case isDash:
				part = "年" + part // as between two words
			}
			q.WriteString(part)
			if !isDash && random.IntN(3) == 0 {
				q.WriteByte(' ')
			}
		}
		n, err := Parse(q.String())
		if err != nil {
			t.Fatalf("%q: %v", q.String(), err)
		}
		if n != nil && !onlyWords(n) {
			t.Fatalf("%q is read as %s", q.String(), show(n))
		}
	}
}

// wrongValue is a Chinese name with what may be a date or a length.
var wrongValue = regexp.MustCompile(`(日期|字数|字數)[:：][^\pL\pZ\s]*([\pN<>＜＞≥≤TZ年月日号字]|$)`)

func checkError(t *testing.T, q string, bad *Error) {
	if bad.Pos < 0 || bad.Pos > utf8.RuneCountInString(q) {
		t.Errorf("%q: error at %d is outside", q, bad.Pos)
	}
	if bad.Code != TooLong && bad.Code != TooMany && readsAsHeadline(q) {
		t.Errorf("%q: a headline is refused at %d: %v", q, bad.Pos, bad)
	}
}

// readsAsHeadline reports whether q has nothing that could be meant as syntax with
// an error: no ( or " at its start, no operator as a word, no hyphen at the start of a
// word, no dash right after a bracket, no excluded value, no date and no length.
func readsAsHeadline(q string) bool {
	low := strings.ToLower(q)
	for _, name := range []string{"date:", "date：", "length:", "length：", ":-", "：-"} {
		if strings.Contains(low, name) {
			return false
		}
	}
	if wrongValue.MatchString(q) {
		return false
	}
	text := strings.TrimFunc(q, isBlank)
	if strings.HasPrefix(text, "(") || strings.HasPrefix(text, `"`) {
		return false
	}
	edges := func(r rune) bool { return isBlank(r) || isBracket(r) }
	for _, word := range strings.FieldsFunc(q, edges) {
		first, _ := utf8.DecodeRuneInString(word)
		if isOperator(word) || word == "|" || first == '-' || isWideDash(first) && strings.ContainsFunc(q, isBracket) {
			return false
		}
	}
	return true
}

// checkInvariants checks what Parse guarantees of a tree.
func checkInvariants(t *testing.T, q string, n, parent Node) {
	bad := false
	switch n := n.(type) {
	case *And:
		_, nested := parent.(*And)
		bad = nested || len(n.Nodes) < 2 || allExcluded(n.Nodes)
		for _, child := range n.Nodes {
			checkInvariants(t, q, child, n)
		}
	case *Or:
		_, nested := parent.(*Or)
		bad = nested || len(n.Nodes) < 2
		for _, side := range n.Nodes {
			checkInvariants(t, q, side, n)
		}
	case *Not:
		_, inAnd := parent.(*And)
		bad = !inAnd
		checkInvariants(t, q, n.Node, n)
	case *Field:
		bad = holdsField(n.Node)
		checkInvariants(t, q, n.Node, n)
	case *Word:
		first, _ := utf8.DecodeRuneInString(n.Text)
		bad = isOperator(n.Text) || isLead(first) || strings.HasSuffix(n.Text, "*") ||
			strings.ContainsFunc(n.Text, isBlank) || !strings.ContainsFunc(n.Text, isSearchable)
	case *Phrase:
		bad = n.Text == ""
	case *Near:
		bad = len(n.Words) < 2 || n.Distance < 0
	case *Proximity:
		bad = !isPlainOperand(n.Left) || !isPlainOperand(n.Right) || n.Distance < 0
		checkInvariants(t, q, n.Left, n)
		checkInvariants(t, q, n.Right, n)
	case *Occurrences:
		bad = !isPlainOperand(n.Node) || n.Min < 1
		checkInvariants(t, q, n.Node, n)
	case *DateRange:
		bad = n.From == "" && n.To == ""
	case *Length:
		bad = n.Min <= 0 && n.Max <= 0 || n.Max > 0 && n.Max < n.Min
	}
	if bad {
		t.Errorf("%q: %s breaks an invariant of Parse", q, show(n))
	}
}

func allExcluded(nodes []Node) bool {
	for _, n := range nodes {
		if _, excluded := n.(*Not); !excluded {
			return false
		}
	}
	return true
}

func holdsField(n Node) bool {
	found := false
	Walk(n, func(n Node) bool {
		switch n.(type) {
		case *Field, *DateRange, *Length:
			found = true
		}
		return true
	})
	return found
}

func checkPlainWords(t *testing.T, q string) {
	plain := PlainWords(q)
	if plain == nil {
		return
	}
	again, err := Parse(plain.String())
	if err != nil || !reflect.DeepEqual(plain, again) {
		t.Errorf("%q: its plain words %s are read as %s", q, show(plain), showResult(again, err))
	}
}
