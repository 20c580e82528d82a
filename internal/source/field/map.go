package field

import (
	"fmt"
	"slices"
	"strings"
)

// Map says from which members fields are read, as the user has it: member → field. A member of
// an object in a record is named by both, as video.title; a column without a name by its number.
type Map map[string]Field

// ParseMap reads FIELD=MEMBER pairs, separated by commas.
func ParseMap(text string) (Map, error) {
	m := Map{}
	for pair := range strings.SplitSeq(text, ",") {
		name, member, ok := strings.Cut(strings.TrimSpace(pair), "=")
		f := Field(strings.TrimSpace(name))
		member = strings.TrimSpace(member)
		switch {
		case text == "":
			return m, nil
		case !ok || member == "":
			return nil, fmt.Errorf("%q: want FIELD=MEMBER, such as text=content", pair)
		case !slices.Contains(Fields, f):
			return nil, fmt.Errorf("%q: no field: want one of %s", name, listed(Fields))
		case m[member] != none && m[member] != f:
			return nil, fmt.Errorf("%q is mapped to both %s and %s", member, m[member], f)
		}
		m[member] = f
	}
	return m, nil
}

func listed(fields []Field) string {
	var all []string
	for _, f := range fields {
		all = append(all, string(f))
	}
	return strings.Join(all, ", ")
}
