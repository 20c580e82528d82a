package page

import "xunwen/internal/news"

func (r *reader) assemble() (Result, error) {
	var res Result
	a := news.Article{}
	for i := range r.pieces {
		p := &r.pieces[i]
		role := RoleBody
		switch p.kind {
		case furniturePiece:
			role = RoleFurniture
		case captionPiece:
			role = RoleCaption
		case bylinePiece:
			role = RoleByline
		case tablePiece:
			role = RoleTable
		case textPiece:
			if p.label == head {
				role = RoleTitle
			} else {
				if p.label == goOn && len(a.Paragraphs) > 0 {
					q := &a.Paragraphs[len(a.Paragraphs)-1]
					q.Text += p.text
				} else {
					a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: p.text})
				}
			}
			p.reason = r.why(p)
		}
		res.Blocks = append(res.Blocks, Block{FirstLine: r.lines[p.from].no, LastLine: r.lines[p.to-1].no, Role: role, Reason: p.reason, Text: p.raw})
	}
	for i := range a.Paragraphs {
		a.Paragraphs[i].Text, _, _ = cutSource(a.Paragraphs[i].Text)
	}
	res.Articles = append(res.Articles, a)
	return res, nil
}
