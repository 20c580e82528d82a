package html

import (
	"regexp"
	"regexp/syntax"
	"unicode/utf8"
)

// pattern is a regular expression that matches at the beginning of a text only. It
// first looks whether the text's first character can begin a match: most lines of a
// page fail there, which costs a hundredth of trying the expression.
type pattern struct {
	*regexp.Regexp
	first map[rune]bool // nil if any character can
}

// anchored compiles an expression that begins with ^, or a (?i) before it.
func anchored(expr string) *pattern {
	p := &pattern{Regexp: regexp.MustCompile(expr)}
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		panic(err) // it was compiled
	}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		panic(err)
	}
	first := map[rune]bool{}
	if collectFirst(prog, prog.Start, map[int]bool{}, first) {
		p.first = first
	}
	return p
}

// maxFirst bounds the characters that a class may add; larger ones, as of all Han
// characters, would make the test useless.
const maxFirst = 256

// collectFirst adds the characters that the instruction at pc and those reached from it
// without reading can read; false if they are too many, or none needs to be read.
func collectFirst(prog *syntax.Prog, pc int, seen map[int]bool, first map[rune]bool) bool {
	if seen[pc] {
		return true
	}
	seen[pc] = true
	switch inst := &prog.Inst[pc]; inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		return collectFirst(prog, int(inst.Out), seen, first) && collectFirst(prog, int(inst.Arg), seen, first)
	case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
		return collectFirst(prog, int(inst.Out), seen, first)
	case syntax.InstRune, syntax.InstRune1:
		return addRunes(inst, first)
	case syntax.InstFail:
		return true
	}
	return false // any character, or a match of nothing
}

func addRunes(inst *syntax.Inst, first map[rune]bool) bool {
	add := func(r rune) {
		first[r] = true
		if syntax.Flags(inst.Arg)&syntax.FoldCase != 0 && r < utf8.RuneSelf {
			first[r|0x20] = true
			first[r&^0x20] = true
		}
	}
	if len(inst.Rune) == 1 {
		add(inst.Rune[0])
		return true
	}
	for i := 0; i+1 < len(inst.Rune); i += 2 {
		if inst.Rune[i+1]-inst.Rune[i] > maxFirst {
			return false
		}
		for r := inst.Rune[i]; r <= inst.Rune[i+1]; r++ {
			add(r)
		}
	}
	return true
}

// MatchString reports whether a text matches.
func (p *pattern) MatchString(text string) bool {
	if p.first != nil {
		r, _ := utf8.DecodeRuneInString(text)
		if !p.first[r] {
			return false
		}
	}
	return p.Regexp.MatchString(text)
}
