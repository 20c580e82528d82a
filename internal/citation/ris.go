package citation

import (
	"fmt"
	"strings"
)

// RIS returns the reference as a record of RIS, which Zotero, EndNote, NoteExpress and others
// read. Lines end as the format says, with a carriage return and a line feed.
func (r Reference) RIS() string {
	var b strings.Builder
	line := func(tag, value string) {
		if value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	line("TY", "NEWS")
	line("ID", r.key())
	for _, name := range r.Authors {
		line("AU", name)
	}
	line("TI", r.Title)
	line("T2", r.Publication)
	if year, month, day := r.day(); year > 0 {
		line("PY", fmt.Sprintf("%04d", year))
		line("DA", fmt.Sprintf("%04d/%02d/%02d", year, month, day))
	}
	line("SP", r.Page)
	line("SE", r.PageName)
	line("LA", "zh-CN")
	if r.Address != "" {
		line("UR", r.Address)
		line("Y2", r.Read.Format("2006/01/02"))
	}
	b.WriteString("ER  - \r\n")
	return b.String()
}
