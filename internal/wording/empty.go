package wording

// Places name the parts of an article that fields ask for.
type Places struct {
	Title, Lead, Section      string
	Source, Byline, Newspaper string
	Page, PageName, Kind      string
}

func newPlaces(text translator) Places {
	return Places{
		Title:     text("标题", "title"),
		Lead:      text("标题和首段", "title or first paragraph"),
		Section:   text("小标题", "section heading"),
		Source:    text("来源", "source"),
		Byline:    text("作者", "byline"),
		Newspaper: text("报纸名", "newspaper’s name"),
		Page:      text("版次", "page"),
		PageName:  text("版名", "page name"),
		Kind:      text("类型", "type"),
	}
}

// The following methods say what a part of a query without hits finds; things is a
// number of articles or paragraphs.

// OnItsOwn says what a part finds without the others.
func (w *Words) OnItsOwn(things string) string {
	return w.text("单独找有 "+things, things+" on its own")
}

// OutsideFilters says what a part finds without the filters.
func (w *Words) OutsideFilters(things string) string {
	return w.text("这些筛选条件下没有，不加筛选有 "+things, "not with these filters, "+things+" without them")
}

// NotTogether says what an operand finds with its words anywhere.
func (w *Words) NotTogether(things string) string {
	return w.text("各词没有连在一起的，分散在文中的有 "+things, "never together, all words anywhere in "+things)
}

// NotThePhrase says what a phrase finds without its quotation marks.
func (w *Words) NotThePhrase(things string) string {
	return w.text("没有这句原文，不加引号有 "+things, "not as a phrase, "+things+" without quotation marks")
}

// NotThisClose says what words find at any distance.
func (w *Words) NotThisClose(things string) string {
	return w.text("没有离得这么近的，不限距离有 "+things, "not this close, "+things+" at any distance")
}

// NotThisOften says what an operand finds with any number of occurrences.
func (w *Words) NotThisOften(things string) string {
	return w.text("没有出现这么多次的，不限次数有 "+things, "not this often, "+things+" with any number")
}

// NotInPlace says what the value of a field finds in the texts.
func (w *Words) NotInPlace(place, things string) string {
	return w.text(place+"里没有，全文里有 "+things, "in no "+place+", "+things+" with it in the text")
}

// NeitherInPlace says that the value of a field is nowhere.
func (w *Words) NeitherInPlace(place string) string {
	return w.text(place+"里没有，全文里也没有", "in no "+place+" and in no text")
}

// NotAsPlace says that no article has the value of a field.
func (w *Words) NotAsPlace(place string) string {
	return w.text("没有这样的"+place, "no such "+place)
}

// Excludes says what an exclusion takes away.
func (w *Words) Excludes(things string) string {
	return w.text("排除了 "+things, "excludes "+things)
}

// NothingHasAll says that each part finds something.
func (w *Words) NothingHasAll(paragraphs bool) string {
	if paragraphs {
		return w.text("每一项都有，但没有一段同时符合。", "Each is there, but no paragraph matches all of them.")
	}
	return w.text("每一项都有，但没有一篇同时符合。", "Each is there, but no article matches all of them.")
}

// OnlyPeriod offers the articles of a period.
func (w *Words) OnlyPeriod(period string) string {
	return w.text("只看"+period+"的稿件", "Only articles of "+period)
}

// InPeriod offers a query in a period, with a Slot for the query.
func (w *Words) InPeriod(period string) string {
	return w.text("只在"+period+"里找“"+Slot+"”", "Only in "+period+": "+Slot)
}
