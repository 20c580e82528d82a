package mcp

import (
	"encoding/json"

	"github.com/google/jsonschema-go/jsonschema"
)

// bounds restrict arguments by their names.
type bounds map[string]func(*jsonschema.Schema)

// oneOf allows the choices only; the first is the default.
func oneOf(choices ...string) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) {
		for _, c := range choices {
			s.Enum = append(s.Enum, c)
		}
		s.Default = encoded(choices[0])
	}
}

// between allows numbers from least to most.
func between(least, most, preset int) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) {
		s.Minimum, s.Maximum = jsonschema.Ptr(float64(least)), jsonschema.Ptr(float64(most))
		s.Default = encoded(preset)
	}
}

// preset is a value for an argument that is left out.
func preset(value any) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Default = encoded(value) }
}

// listOf bounds how many values a list has.
func listOf(least, most int) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.MinItems, s.MaxItems = &least, &most }
}

func encoded(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("mcp: " + err.Error()) // defaults are texts, numbers and truth values
	}
	return b
}

// inputSchema describes the arguments of a tool.
func inputSchema[In any](b bounds) *jsonschema.Schema {
	s := outputSchema[In]()
	for name, restrict := range b {
		restrict(s.Properties[name])
	}
	return s
}

// outputSchema describes a result. Lists are never null.
func outputSchema[Out any]() *jsonschema.Schema {
	s, err := jsonschema.For[Out](nil)
	if err != nil {
		panic("mcp: " + err.Error()) // of our own types, at the start
	}
	withoutNull(s)
	return s
}

func withoutNull(s *jsonschema.Schema) {
	if len(s.Types) == 2 && s.Types[0] == "null" {
		s.Type, s.Types = s.Types[1], nil
	}
	for _, p := range s.Properties {
		withoutNull(p)
	}
	if s.Items != nil {
		withoutNull(s.Items)
	}
}
