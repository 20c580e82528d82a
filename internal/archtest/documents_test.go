package archtest

import (
	"go/scanner"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// named is a path of this repository in a text: with the folder that it starts in.
var named = regexp.MustCompile(`\b(?:internal|cmd|scripts|web|samples)/[A-Za-z0-9_./*-]*[A-Za-z0-9_*]`)

// TestDocumentsNameFilesThatExist checks the paths of packages and files in the
// documents.
func TestDocumentsNameFilesThatExist(t *testing.T) {
	for _, document := range files(t, ".md") {
		for i, line := range strings.Split(text(t, document), "\n") {
			if strings.Contains(line, "http") {
				continue
			}
			for _, name := range named.FindAllString(line, -1) {
				found, err := filepath.Glob(filepath.Join(root, strings.TrimSuffix(name, "/...")))
				if err != nil || len(found) == 0 {
					t.Errorf("%s:%d: there is no %s", document, i+1, name)
				}
			}
		}
	}
}

// testName is the name of a test, or its beginning where a command selects by that.
var testName = regexp.MustCompile(`\b(?:Test|Fuzz|Benchmark)[A-Z][A-Za-z]+`)

// TestDocumentsNameTestsThatExist checks the tests that documents and the Makefile
// run.
func TestDocumentsNameTestsThatExist(t *testing.T) {
	var tests strings.Builder
	for _, name := range files(t, "_test.go") {
		tests.WriteString(text(t, name))
	}
	for _, document := range append(files(t, ".md"), "Makefile") {
		for _, name := range testName.FindAllString(text(t, document), -1) {
			if !strings.Contains(tests.String(), "\nfunc "+name) {
				t.Errorf("%s: there is no %s", document, name)
			}
		}
	}
}

// TestOperationsExplainsRealMessages checks that the programs contain the messages
// that the tables of docs/operations.md explain.
func TestOperationsExplainsRealMessages(t *testing.T) {
	all := messages(t)
	_, tables, _ := strings.Cut(text(t, "docs/operations.md"), "### Log messages")
	tables, _, _ = strings.Cut(tables, "## How much")
	quoted := regexp.MustCompile("`([^`]+)`")
	rows := 0
	for line := range strings.Lines(tables) {
		first, _, _ := strings.Cut(strings.TrimPrefix(line, "|"), "|")
		for _, m := range quoted.FindAllStringSubmatch(first, -1) {
			rows++
			for _, part := range strings.Split(m[1], "…") {
				if part = strings.Trim(part, " :"); !fromElsewhere[part] && !strings.Contains(all, part) {
					t.Errorf("docs/operations.md explains %q, which no program says: %q", m[1], part)
				}
			}
		}
	}
	if rows < 30 {
		t.Errorf("%d messages in docs/operations.md, want 30 at least", rows)
	}
}

// fromElsewhere are messages of the operating system.
var fromElsewhere = map[string]bool{
	"no space left on device": true, "file too large": true, "permission denied": true,
	"too many open files": true, "address already in use": true, "FILE:LINE": true, "": true,
}

// verb is a formatting verb, which a document writes as an ellipsis.
var verb = regexp.MustCompile(`%[a-z]`)

// messages returns the strings of the programs, one after another.
func messages(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, name := range files(t, ".go") {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source := []byte(text(t, name))
		set := token.NewFileSet()
		var s scanner.Scanner
		s.Init(set.AddFile("", -1, len(source)), source, nil, 0)
		for {
			_, kind, literal := s.Scan()
			if kind == token.EOF {
				break
			}
			if kind != token.STRING {
				continue
			}
			value, err := strconv.Unquote(literal)
			if err != nil {
				t.Fatal(err)
			}
			all.WriteString(verb.ReplaceAllString(value, "…"))
			all.WriteByte('\n')
		}
	}
	return all.String()
}
