package server

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/mcp"
	"xunwen/internal/server/param"
	"xunwen/web"
)

// TestEveryRouteIsDocumented checks that the API description has exactly the routes of
// the server, except the static files of pages and the tools of agents, and that each API route documents the
// parameters that it accepts.
func TestEveryRouteIsDocumented(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Ref  string `json:"$ref"`
				Name string
			}
		}
	}
	if err := json.Unmarshal(web.OpenAPI, &doc); err != nil {
		t.Fatal(err)
	}
	s := newServer(&stub{}, Options{})
	parameter := regexp.MustCompile(`:(\w+)`)
	routes := map[string]bool{}
	for _, r := range s.routes().Routes() {
		if path := parameter.ReplaceAllString(r.Path, "{$1}"); path != "/static/{name}" && path != mcp.Path {
			routes[path] = true
			method := strings.ToLower(r.Method)
			if _, ok := doc.Paths[path][method]; !ok && method != "head" {
				t.Errorf("%s %s is not documented", r.Method, path)
			}
		}
	}
	for path := range doc.Paths {
		if !routes[path] {
			t.Errorf("%s is documented but doesn't exist", path)
		}
	}
	for path, known := range map[string][]string{
		"/api/v1/search":                 param.SearchNames,
		"/api/v1/trends":                 param.TrendsNames,
		"/api/v1/export":                 param.ExportNames,
		param.BatchPath:                  param.BatchNames,
		param.FeedPath:                   param.FeedNames,
		"/api/v1/articles/{id}/citation": append([]string{"id"}, param.CitationNames...),
	} {
		op := doc.Paths[path]["get"]
		if path == param.BatchPath {
			op = doc.Paths[path]["post"]
		}
		var described []string
		for _, p := range op.Parameters {
			described = append(described, p.Name+strings.TrimPrefix(p.Ref, "#/components/parameters/"))
		}
		slices.Sort(described)
		if want := slices.Sorted(slices.Values(known)); !slices.Equal(described, want) {
			t.Errorf("%s: documented are %v, accepted %v", path, described, want)
		}
	}
	page := get(t, &stub{}, "/docs/api").Body.String()
	for path, item := range doc.Paths {
		for method := range item {
			if !strings.Contains(page, strings.ToUpper(method)+" "+path+"<") {
				t.Errorf("/docs/api does not show %s %s", method, path)
			}
		}
	}
}

// TestClientsCanBeGenerated checks what generators of clients need: a title that
// makes the name of a package, and a named schema for every enum and object, since
// names that a generator makes up may collide.
func TestClientsCanBeGenerated(t *testing.T) {
	var doc struct {
		Info       struct{ Title string }
		Paths      any
		Components map[string]map[string]map[string]any
	}
	if err := json.Unmarshal(web.OpenAPI, &doc); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 ]*$`).MatchString(doc.Info.Title) {
		t.Errorf("the title %q is not a name in Latin letters", doc.Info.Title)
	}
	checkNamed(t, "paths", doc.Paths)
	names := map[string]bool{}
	for kind, list := range doc.Components {
		for name, described := range list {
			if kind != "schemas" {
				checkNamed(t, name, described)
				continue
			}
			if lower := strings.ToLower(name); names[lower] {
				t.Errorf("two schemas are called %s", name)
			} else {
				names[lower] = true
			}
			for member, value := range described {
				if member != "enum" {
					checkNamed(t, name+"."+member, value)
				}
			}
		}
	}
}

// checkNamed checks that no part of a description is an enum or an object with
// properties inline: those have their own names in components/schemas.
func checkNamed(t *testing.T, path string, value any) {
	t.Helper()
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			checkNamed(t, path, item)
		}
	case map[string]any:
		if _, ok := v["enum"].([]any); ok {
			t.Errorf("%s has an enum without a name", path)
		}
		if _, ok := v["properties"].(map[string]any); ok {
			t.Errorf("%s has an object without a name", path)
		}
		for name, item := range v {
			checkNamed(t, path+"."+name, item)
		}
	}
}
