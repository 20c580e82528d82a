package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	glossary      = "docs/glossary.md"
	bannedHeading = "## Phrases we don't use"
)

// TestNoBannedPhrases keeps the phrases that the glossary bans out of the docs,
// the texts of programs and pages, the description of the API, and all comments.
func TestNoBannedPhrases(t *testing.T) {
	banned := bannedPhrases(t)
	for _, p := range prose(t) {
		for _, at := range banned.FindAllStringIndex(p.text, -1) {
			line := p.line + strings.Count(p.text[:at[0]], "\n")
			t.Errorf("%s:%d: %q is banned by %s", p.file, line, p.text[at[0]:at[1]], glossary)
		}
	}
}

// bannedPhrases matches the phrases in the code block below their heading in
// the glossary, in any case and across line breaks.
func bannedPhrases(t *testing.T) *regexp.Regexp {
	t.Helper()
	_, section, found := strings.Cut(text(t, glossary), "\n"+bannedHeading+"\n")
	_, block, hasBlock := strings.Cut(section, "\n```")
	block, _, hasEnd := strings.Cut(block, "\n```")
	_, block, hasPhrases := strings.Cut(block, "\n") // the rest of the line is a language
	if !found || !hasBlock || !hasEnd || !hasPhrases {
		t.Fatalf("%s has no code block of phrases under %q", glossary, bannedHeading)
	}
	var phrases []string
	for line := range strings.Lines(block) {
		if words := strings.Fields(line); len(words) > 0 {
			for i, w := range words {
				words[i] = regexp.QuoteMeta(w)
			}
			phrases = append(phrases, strings.Join(words, `\s+`))
		}
	}
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(phrases, "|") + `)\b`)
}

// passage is a text that people read, with the place where it begins.
type passage struct {
	file string
	line int
	text string
}

func prose(t *testing.T) []passage {
	t.Helper()
	var all []passage
	for _, name := range files(t, ".md", ".html", ".json") {
		whole := passage{name, 1, text(t, name)}
		if name == glossary {
			whole.text, _, _ = strings.Cut(whole.text, bannedHeading)
		}
		all = append(all, whole)
	}
	for _, name := range files(t, ".go") {
		positions := token.NewFileSet()
		file := parse(t, positions, name)
		for _, group := range file.Comments {
			all = append(all, passage{name, positions.Position(group.Pos()).Line, group.Text()})
		}
		if !strings.HasSuffix(name, "_test.go") { // their strings are queries and texts to search
			all = append(all, goStrings(file, positions, name)...)
		}
	}
	return all
}

// files returns the files of the docs, the programs and the pages whose names
// end so, from the module's root folder.
func files(t *testing.T, endings ...string) []string {
	t.Helper()
	var all []string
	for _, top := range []string{"README.md", "docs", "client", "clients", "cmd", "internal", "web"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && entry.Name() == "testdata" && !slices.Contains(endings, ".go") {
				return filepath.SkipDir // fixtures, but not the programs among them
			}
			for _, ending := range endings {
				if !entry.IsDir() && strings.HasSuffix(path, ending) {
					name, err := filepath.Rel(root, path)
					all = append(all, filepath.ToSlash(name))
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// goStrings returns the strings of a Go file: help, errors, logs, wording.
func goStrings(file *ast.File, positions *token.FileSet, name string) []passage {
	var all []passage
	done := map[ast.Node]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		e, isExpression := n.(ast.Expr)
		if !isExpression || done[n] {
			return true
		}
		if value := joined(e, done); strings.Trim(value, "\x00") != "" {
			all = append(all, passage{name, positions.Position(e.Pos()).Line, value})
		}
		return true
	})
	return all
}

// joined returns the value of a string literal or of literals joined by +, with a
// NUL for other operands. It records what it has read in done.
func joined(e ast.Expr, done map[ast.Node]bool) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if value, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			done[e] = true
			return value
		}
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			done[e] = true
			return joined(e.X, done) + joined(e.Y, done)
		}
	}
	return "\x00"
}

func parse(t *testing.T, positions *token.FileSet, name string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(positions, filepath.Join(root, name), nil,
		parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestNoContextInStructs keeps contexts, those of package context and of gin, out of
// structs: a context belongs to a call. Tables of tests may have one.
func TestNoContextInStructs(t *testing.T) {
	for _, name := range files(t, ".go") {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		positions := token.NewFileSet()
		ast.Inspect(parse(t, positions, name), func(n ast.Node) bool {
			s, isStruct := n.(*ast.StructType)
			if !isStruct {
				return true
			}
			for _, field := range s.Fields.List {
				if isContext(field.Type) {
					t.Errorf("%s:%d: a context in a struct: pass it to the functions that need it",
						name, positions.Position(field.Pos()).Line)
				}
			}
			return true
		})
	}
}

// isContext reports whether a type is context.Context or *gin.Context.
func isContext(e ast.Expr) bool {
	if pointer, isPointer := e.(*ast.StarExpr); isPointer {
		e = pointer.X
	}
	s, isSelector := e.(*ast.SelectorExpr)
	return isSelector && s.Sel.Name == "Context" && slices.Contains([]string{"context", "gin"}, fmt.Sprint(s.X))
}
