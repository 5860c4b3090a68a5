use super::ImportProblem as Problem;
use super::problem::shown;
use super::records::Record;

/// What is wrong with a header; nothing when it names exactly these columns in this order.
pub(super) fn check(header: &Record<'_>, columns: &'static [&'static str]) -> Vec<Problem> {
    if header.too_long {
        return vec![Problem::RowTooLong];
    }
    let names: Vec<_> = header.fields().map(|field| String::from_utf8_lossy(field).into_owned()).collect();
    if let [name] = names.as_slice()
        && let Some(sign) = [';', '\t', '|'].into_iter().find(|sign| name.contains(*sign))
    {
        return vec![Problem::Separator(sign)];
    }
    let mut problems = Vec::new();
    for column in columns {
        match names.iter().filter(|name| name == column).count() {
            0 => problems.push(Problem::MissingColumn(column)),
            1 => {}
            _ => problems.push(Problem::ColumnTwice(column)),
        }
    }
    let unknown = names.iter().filter(|name| !columns.contains(&name.as_str()));
    problems.extend(unknown.map(|name| Problem::UnknownColumn(shown(name))));
    if problems.is_empty() {
        let place = |name: &String| columns.iter().find(|column| **column == name.as_str()).copied();
        let swapped =
            names.iter().filter_map(place).zip(columns).find(|(found, expected)| found != *expected);
        problems.extend(swapped.map(|(found, expected)| Problem::ColumnOrder { expected, found }));
    }
    if problems.is_empty() && header.count != columns.len() {
        problems.push(Problem::FieldCount { found: header.count, expected: columns.len() });
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::super::records::Records;
    use super::*;

    fn problems(header: &str) -> Vec<Problem> {
        let mut records = Records::new(header.as_bytes());
        check(&records.next().unwrap().unwrap(), &["number", "name", "phone"])
    }

    #[test]
    fn each_deviation_has_its_name() {
        assert_eq!(problems("number,name,phone"), []);
        assert_eq!(problems("number,\"name\",phone"), []);
        assert_eq!(problems("number,phone"), [Problem::MissingColumn("name")]);
        assert_eq!(problems("number,name,phone,fax"), [Problem::UnknownColumn("fax".to_owned())]);
        assert_eq!(problems("number,name,name,phone"), [Problem::ColumnTwice("name")]);
        assert_eq!(
            problems("number,phone,name"),
            [Problem::ColumnOrder { expected: "name", found: "phone" }]
        );
        assert_eq!(
            problems("number,Name,phone"),
            [Problem::MissingColumn("name"), Problem::UnknownColumn("Name".to_owned())]
        );
        assert_eq!(problems("number;name;phone"), [Problem::Separator(';')]);
        assert_eq!(problems("number,name,phone,"), [Problem::UnknownColumn(String::new())]);
    }
}
