package archtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestNoticeListsLinkedModules checks that NOTICE lists every module that a
// binary contains, with its version, and no other: their licences have to be
// distributed with it.
func TestNoticeListsLinkedModules(t *testing.T) {
	want := make(map[string]bool)
	for _, p := range list(t, "./cmd/...") {
		if p.Module != nil && !p.Module.Main {
			want[p.Module.Path+" "+p.Module.Version] = true
		}
	}
	got := make(map[string]bool)
	for _, c := range cells(text(t, "NOTICE")) {
		if len(c) != 3 || c[2] == "" {
			t.Errorf("NOTICE: want module, version and licence, found %q", c)
			continue
		}
		got[fmt.Sprintf("%s %s", c[0], c[1])] = true
	}
	compare(t, "NOTICE", got, want)
}

// TestDependenciesAreListed checks that docs/dependencies.md has every module
// that packages of the programs import.
func TestDependenciesAreListed(t *testing.T) {
	packages := list(t, "./cmd/...")
	moduleOf := make(map[string]string)
	for _, p := range packages {
		if p.Module != nil && !p.Module.Main {
			moduleOf[p.ImportPath] = p.Module.Path
		}
	}
	want := make(map[string]bool)
	for _, p := range packages {
		for _, imported := range p.Imports {
			if m := moduleOf[imported]; p.ours() && m != "" {
				want[m] = true
			}
		}
	}
	linked, _, _ := strings.Cut(text(t, "docs/dependencies.md"), "## Only for")
	got := make(map[string]bool)
	for _, c := range cells(linked) {
		got[strings.Trim(c[0], "`")] = true
	}
	compare(t, "docs/dependencies.md", got, want)
}

// TestDataOnlyModules checks the modules of which only files are embedded: their
// code, which may need packages with other licences, must not be linked.
func TestDataOnlyModules(t *testing.T) {
	_, rest, _ := strings.Cut(text(t, "docs/dependencies.md"), "## Only for their data")
	rest, _, _ = strings.Cut(rest, "\n## ")
	modules := cells(rest)
	if len(modules) == 0 {
		t.Fatal("docs/dependencies.md has no table of data-only modules")
	}
	for _, c := range modules {
		module := strings.Trim(c[0], "`")
		_, required, _ := strings.Cut(text(t, "go.mod"), "\t"+module+" ")
		version, _, _ := strings.Cut(required, "\n")
		if version == "" || !strings.Contains(text(t, "NOTICE"), module+" "+version) {
			t.Errorf("NOTICE does not list the data of %s %s", module, version)
		}
		for _, p := range list(t, "./...") {
			if p.Module != nil && p.Module.Path == module {
				t.Errorf("%s is linked", p.ImportPath)
			}
		}
	}
}

func compare(t *testing.T, file string, got, want map[string]bool) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !got[name] {
			t.Errorf("%s lacks %s", file, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if !want[name] {
			t.Errorf("%s names %s, which is not used", file, name)
		}
	}
}
