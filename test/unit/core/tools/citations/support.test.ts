import assert from 'node:assert/strict';
import { checkCitations } from '../../../../../src/core/tools/citationCheck';
import { someEvidence } from './evidence';

/** Evidence and a claim in; what the check says of the claim out. */
const check = (text: string, claim: string, title = 'Notes'): string | undefined =>
  checkCitations(`${claim} [e1]`, () => someEvidence({ text, title }))[0]?.claim;

type Row = readonly [text: string, claim: string, title?: string];

function table(
  name: string,
  expected: 'supported' | 'contradicted' | 'unchecked' | 'refused',
  rows: readonly Row[],
): void {
  describe(name, () => {
    for (const [text, claim, title] of rows) {
      it(`${claim}  ←  ${text}`, () => {
        const found = check(text, claim, title);
        if (expected === 'refused') assert.notEqual(found, 'supported');
        else assert.equal(found, expected);
      });
    }
  });
}

const WINCH =
  'The winch lowers the CTD probe. Its cable, which had frayed, was replaced on 4 March 2023 by Ines Falk.';
const MILL = 'The old mill at Harrow Bridge was built in 1782 and burned down in 1899. It was never rebuilt.';

describe('claims and their evidence', () => {
  table('what stands elsewhere in the sentence', 'supported', [
    ['The bats passed 2046 times from June to August.', 'From June to August the bats passed 2046 times.'],
    ['From June to August the bats passed 2046 times.', 'The bats passed 2046 times from June to August.'],
    ['The station has counted bats since 2016.', 'Since 2016 the station has counted bats.'],
    ['The shop was closed until May.', 'Until May the shop was closed.'],
  ]);
  table('what says another thing elsewhere', 'refused', [
    ['The bats passed 2046 times from June to August.', 'From June to July the bats passed 2046 times.'],
    ['The king of France met the queen.', 'The king met the queen of France.'],
    ['The man from Paris met the woman.', 'The man met the woman from Paris.'],
    ['Coal rose from 3 to 5 and oil fell.', 'Coal rose and oil fell from 3 to 5.'],
  ]);
  table('what makes another thing of a noun or a name', 'refused', [
    ['He lives in South Korea.', 'He lives in Korea.'],
    ['She is the Vice President of the club.', 'She is the President of the club.'],
    ['She is the former president of the club.', 'She is the president of the club.'],
    ['It is a counterfeit coin.', 'It is a coin.'],
    ['The fictional king Carl died.', 'King Carl died.'],
    ["Ben's father died.", 'Ben died.'],
    ['George H. W. Bush was elected in 1988.', 'George W. Bush was elected in 1988.'],
    ['The drug was given to group A.', 'The drug was given to group.'],
  ]);
  table('whose word it is', 'refused', [
    ['According to Ben, Carl is guilty.', 'Carl is guilty.'],
    ['Reportedly, Carl is guilty.', 'Carl is guilty.'],
    ['“Carl is guilty,” said Ben.', 'Carl is guilty.'],
    ['Carl, Ben said, is guilty.', 'Carl is guilty.'],
    ['In the novel, Carl is a king.', 'Carl is a king.'],
    ['It is a myth that bats are blind.', 'Bats are blind.'],
    ['Is the dam safe?', 'The dam is safe.'],
    ['Were it not for the dam, the town would flood.', 'The town would flood.'],
  ]);
  table('what limits all, none or the most', 'refused', [
    ['All boats in the harbour sank in 1990.', 'All boats sank in 1990.'],
    ['The gate was not opened in 1990.', 'The gate was not opened.'],
    ['It is the largest city in Texas.', 'It is the largest city.'],
    ['All birds other than the ostrich fly.', 'All birds fly.'],
    ['Everyone came apart from Ben.', 'Everyone came.'],
    ['Few people know the story.', 'A few people know the story.'],
    ['Two thirds of the members voted.', 'Two members voted.'],
  ]);
  table('when it was', 'refused', [
    ['He was the president.', 'He is the president.'],
    ['The museum was open daily.', 'The museum is open daily.'],
    ['It was built in 300 BC.', 'It was built in 300.'],
    ['It costs $5 per month.', 'It costs $5.'],
    ['The gate was built in 1932 and is today in use.', 'The gate was built in 1932 and was today in use.'],
  ]);
  table('signs and labels', 'refused', [
    ['The option -v prints the version.', 'The option -V prints the version.'],
    ['The file is 5 MB.', 'The file is 5 Mb.'],
    ['The value is ±5.', 'The value is 5.'],
    ['x != 5 means failure.', 'x = 5 means failure.'],
    ['Version 2.10 fixed the bug.', 'Version 2.1 fixed the bug.'],
    ['Louis XIV built the palace.', 'Louis XVI built the palace.'],
    ['The train leaves at 2:30 pm.', 'The train leaves at 2:30 am.'],
    ['The article names Paris and Rome.', 'Paris'],
  ]);
  table('whose clause it is', 'refused', [
    ['It proscribes conduct that harms.', 'Law proscribes conduct that harms.', 'Criminal law'],
    ['Anna, born in Rome, married Ben, born in Oslo.', 'Anna was born in Oslo.'],
    ['Anna, who met Ben in Oslo, was a doctor.', 'Ben was a doctor.'],
    ['He studied law rather than medicine.', 'He studied medicine.'],
  ]);
  table('a denial in another language', 'refused', [
    ['Мост не был построен в 1932 году.', 'Мост был построен в 1932 году.'],
    ['لا يوجد ماء في النهر.', 'يوجد ماء في النهر.'],
    ['東京タワーは1958年に完成しなかった。', '東京タワーは1958年に完成した。'],
    ['Il ponte non è stato costruito nel 1932.', 'Il ponte è stato costruito nel 1932.'],
    ['De brug is niet gebouwd in 1932.', 'De brug is gebouwd in 1932.'],
    ['Most nie został zbudowany w 1932.', 'Most został zbudowany w 1932.'],
  ]);
  table('the same in other words and signs', 'supported', [
    ['Мост был построен в 1932 году инженером Риттером.', 'Мост был построен в 1932 году.'],
    ['The castle was constructed in 1201.', 'The castle was built in 1201.'],
    ['Dvořák wrote the symphony in 1893.', 'Dvorak wrote the symphony in 1893.'],
    ['John Fitzgerald Kennedy visited Berlin in 1963.', 'J. F. Kennedy visited Berlin in 1963.'],
    ['John F. Kennedy visited Berlin in 1963.', 'John Kennedy visited Berlin in 1963.'],
    ['The United Kingdom joined in 1973.', 'The UK joined in 1973.'],
    ['The train leaves at 2:30 pm.', 'The train leaves at 14:30.'],
    ['The lake covers 12 sq km.', 'The lake covers 12 square kilometres.'],
    ['The speed limit is 50 km/h.', 'The speed limit is 50 kilometres per hour.'],
    ['Water boils at 100 °C.', 'Water boils at 100 degrees Celsius.'],
    ['The low was −5 °C.', 'The low was minus 5 °C.'],
    ['More than 300 people attended.', 'Over 300 people attended.'],
    ['He served as president from 1990 to 1995.', 'He served as president between 1990 and 1995.'],
    ['Otto Ritter was born in Rome and died in Oslo.', 'Otto Ritter died in Oslo.'],
    ['The bridge was built by Otto Ritter in 1932.', 'The bridge was built in 1932.'],
    ['Anna Meier (born 3 May 1950 in Rome, Italy) is an engineer.', 'Anna Meier is an engineer.'],
    ['The theatre was the oldest one, and one of only three.', 'The theatre was the oldest one.'],
    ['The gate fell, but it was repaired.', 'The gate fell.'],
    ['Arguments to the op-\ntion are listed here.', 'Arguments to the op- tion are listed here.'],
    [
      '"Addicted" is his single after the song "Scattered".',
      '"Addicted" is his single after the song "Scattered"',
    ],
    ['He won in "Who Wants to Be a Millionaire?"', 'He won in "Who Wants to Be a Millionaire"'],
  ]);
  table('a quantity that is cut short', 'refused', [
    ['The area of the lake is 20 km².', 'The area of the lake is 20 km.'],
    ['The share of women is 5%', 'The share of women is 5'],
    ['The share of women is 5 %.', 'The share of women is 5.'],
    ['The damage was $5 million.', 'The damage was 5 million.'],
  ]);
  table('the numbers of footnotes', 'supported', [
    ['The Rhine^1 is 1,233 km long and flows into the North Sea.', 'The Rhine is 1,233 km long.'],
    ['The Rhine¹ is 1,233 km long.', 'The Rhine is 1,233 km long.'],
    ['The Rhine[^2] is 1,233 km long.', 'The Rhine is 1,233 km long.'],
    ['The area is 20 km^2.', 'The area is 20 km².'],
  ]);
  table('what a sentence says', 'supported', [
    [WINCH, 'The winch lowers the CTD probe.'],
    [WINCH, 'The cable was replaced on 4 March 2023 by Ines Falk.'],
    [WINCH, 'Its cable was replaced by Ines Falk.'],
    [WINCH, 'On 4 March 2023, its cable was replaced by Ines Falk.'],
    [WINCH, 'Its cable was replaced in March 2023.'],
    [WINCH, 'Its cable was replaced in 2023'],
    [WINCH, 'According to the notes, the winch lowers the CTD probe.'],
    [WINCH, 'The winch lowers the CTD probe, and its cable was replaced on 4 March 2023.'],
    [MILL, 'The mill at Harrow Bridge was built in 1782.'],
    [MILL, 'The old mill was built in 1782 and burned down in 1899.'],
    [MILL, 'It was never rebuilt.'],
    ['Dr. Maria Weiss, e.g. in her letters, praised the lake.', 'Dr. Maria Weiss praised the lake.'],
    ['The colour of the harbour is grey.', 'The color of the harbor is grey.'],
    ['The ferry isn’t running on Sundays.', 'The ferry is not running on Sundays.'],
    ['The ferry cannot dock at low water.', 'The ferry can not dock at low water.'],
    ['The **north** basin is [41 m](depth.md) deep.', 'The north basin is 41 m deep.'],
    ['The depart-\nment closed in 1990.', 'The department closed in 1990.'],
    ['The eﬃcient pump was sold.', 'The efficient pump was sold.'],
    ['Rain fell on three days in May 2021.', 'Rain fell on 3 days in May 2021.'],
    ['The bridge has twenty-five arches.', 'The bridge has 25 arches.'],
    ['About two hundred people came.', 'About 200 people came.'],
    ['The 3rd pier was closed.', 'The third pier was closed.'],
    ['The boat was sold for $5 million.', 'The boat was sold for $5,000,000.'],
    ['The boat was sold for 5 million dollars.', 'The boat was sold for $5m.'],
    ['The road is 5 km long.', 'The road is 5,000 m long.'],
    ['The road is 5 kilometres long.', 'The road is 5 km long.'],
    ['The sample weighs 1.5 kg.', 'The sample weighs 1,500 g.'],
    ['The test took 2 hours.', 'The test took 120 minutes.'],
    ['The share rose to 12 per cent.', 'The share rose to 12%.'],
    ['The mass is 5.97 × 10^24 kg.', 'The mass is 5.97e24 kg.'],
    ['The mass is 5.97 × 10²⁴ kg.', 'The mass is 5.97×10^24 kg.'],
    ['The length was 5.0 ± 0.2 mm.', 'The length was 5 ± 0.2 mm.'],
    ['It lasted from 1914 to 1918.', 'It lasted from 1914 to 1918.'],
    ['The war of 1914–1918 ended.', 'The war of 1914-1918 ended.'],
    ['The letter is dated 2023-03-04.', 'The letter is dated 4 March 2023.'],
    ['The letter is dated March 4, 2023.', 'The letter is dated 4th March 2023.'],
    ['The population was 1,234,567.', 'The population was 1234567.'],
    ['The population was 1 234 567.', 'The population was 1,234,567.'],
    ['It was minus cold: the low was -7 °C.', 'The low was −7 °C.'],
    ['Marie Curie won the prize in 1903.', 'Curie won the prize in 1903.'],
    ['Marie Curie was born in Warsaw. Curie won the prize in 1903.', 'Marie Curie won the prize in 1903.'],
    ['She won the prize in 1903.', 'Marie Curie won the prize in 1903.', 'Marie Curie'],
    [
      'The film was released in 2017.',
      'The Fate of the Lake was released in 2017.',
      'The Fate of the Lake (film)',
    ],
    ['Ines Falk joined in 2020. She repaired the winch.', 'Ines Falk repaired the winch.'],
    ['basin,depth_m\nnorth,41\nsouth,18', 'north: 41'],
    ['| basin | depth |\n|---|---|\n| north | 41 m |\n| south | 18 m |', 'north, 41 m'],
    ['She sang the song in 1999.', 'She sang the song in 1999.'],
    ['The vote passed by 51 to 49.', 'The vote passed by 51 to 49.'],
    ['The lake is 41 m deep at its deepest point.', 'The lake is about 41 m deep at its deepest point.'],
  ]);

  table('a number, a date or a unit that the source does not have', 'contradicted', [
    [WINCH, 'Its cable was replaced on 5 March 2023 by Ines Falk.'],
    [WINCH, 'Its cable, which had frayed, was replaced on 4 May 2023 by Ines Falk.'],
    [WINCH, 'Its cable, which had frayed, was replaced on 4 March 2024 by Ines Falk.'],
    [MILL, 'The old mill at Harrow Bridge was built in 1872.'],
    ['The road is 5 km long.', 'The road is 5 miles long.'],
    ['The road is 5 km long.', 'The road is 5.1 km long.'],
    ['The road is 5 km long.', 'The road is 50 km long.'],
    ['The sample weighs 1.5 kg.', 'The sample weighs 1.5 g.'],
    ['The boat was sold for $5 million.', 'The boat was sold for $5 billion.'],
    ['The boat was sold for $5 million.', 'The boat was sold for €5 million.'],
    ['The share rose to 12%.', 'The share rose to 12 percentage points.'],
    ['Rain fell on three days.', 'Rain fell on four days.'],
    ['The 3rd pier was closed.', 'The second pier was closed.'],
    ['The low was -7 °C.', 'The low was 7 °C.'],
    ['The low was 7 °C.', 'The low was 7 °F.'],
    ['The mass is 5.97 × 10^24 kg.', 'The mass is 5.97 × 10^23 kg.'],
    ['The population was 1,234,567.', 'The population was 1,234,576.'],
  ]);

  table('a negation or an opposite', 'contradicted', [
    [WINCH, 'The winch does not lower the CTD probe.'],
    [MILL, 'It was rebuilt.'],
    ['The ferry is not running on Sundays.', 'The ferry is running on Sundays.'],
    ['The ferry runs on Sundays.', 'The ferry never runs on Sundays.'],
    ['No boats may enter the basin.', 'Boats may enter the basin.'],
    ['Prices increased in the spring of 2020.', 'Prices decreased in the spring of 2020.'],
    ['The dam stands north of the village.', 'The dam stands south of the village.'],
    ['It was the first bridge over the river.', 'It was the last bridge over the river.'],
    ['The treatment is likely to help patients.', 'The treatment is unlikely to help patients.'],
    ['The pump is the largest of the plant.', 'The pump is the smallest of the plant.'],
    ['The gate was opened at noon.', 'The gate was closed at noon.'],
  ]);

  table('a name for another', 'contradicted', [
    [WINCH, 'Its cable, which had frayed, was replaced on 4 March 2023 by Jonas Berg.'],
    ['Marie Curie won the prize in 1903.', 'Pierre Curie won the prize in 1903.'],
    ['The congress met in Vienna in 1815.', 'The congress met in Paris in 1815.'],
  ]);

  table('what turns or limits it, and is left out or added', 'refused', [
    ['The ferry no longer runs on Sundays.', 'The ferry runs on Sundays.'],
    ['The crew failed to repair the pump.', 'The crew repaired the pump.'],
    ['He went home without the keys.', 'He went home with the keys.'],
    ['The dam may fail in a flood.', 'The dam will fail in a flood.'],
    ['The dam may fail in a flood.', 'The dam fails in a flood.'],
    ['The dam fails in a flood.', 'The dam may fail in a flood, possibly.'],
    ['Some of the boats were damaged.', 'All of the boats were damaged.'],
    ['Most boats were damaged.', 'Boats were damaged only.'],
    ['The museum is open only on Sundays.', 'The museum is open.'],
    ['The museum is open unless it snows.', 'The museum is open.'],
    ['If it snows, the museum is closed.', 'The museum is closed.'],
    ['Critics claim that the dam is unsafe.', 'The dam is unsafe.'],
    ['It is not true that the dam is unsafe.', 'The dam is unsafe.'],
    ['The mayor denied that the dam leaks.', 'The dam leaks.'],
    ['The river is longer than the canal.', 'The river is longer.'],
    ['At least 40 boats sank.', '40 boats sank.'],
    ['About 40 boats sank.', 'Exactly 40 boats sank.'],
    ['About 40 boats sank.', '40 boats sank.'],
    ['Nearly all boats sank.', 'All boats sank.'],
    ['The plant was planned to open in 1990.', 'The plant opened in 1990.'],
    ['A non-smoker lived here.', 'A smoker lived here.'],
    ['Neither Anna nor Ben came.', 'Ben came.'],
  ]);

  table('who did what to whom', 'refused', [
    ['Brazil beat Germany in the final.', 'Germany beat Brazil in the final.'],
    ['Anna was invited by Ben.', 'Ben was invited by Anna.'],
    ['He flew from Paris to London.', 'He flew to Paris from London.'],
    ['He flew from Paris to London.', 'He flew from London to Paris.'],
    ['The winner was chosen before the vote.', 'The winner was chosen after the vote.'],
    ['The brewery owned by Smith closed in 1990.', 'Smith closed in 1990.'],
    ['The capital of France is Paris.', 'France is Paris.'],
    ['Curie won the physics prize and Bardeen the chemistry prize.', 'Curie won the chemistry prize.'],
    ['They sold 5 albums and 3 singles.', 'They sold 5 singles.'],
    ['They sold 5 albums and 3 singles.', 'They sold 3 albums and 5 singles.'],
    ['He lives in New York.', 'He lives in New.'],
    ['The brewery closed in 1990. The dam opened in 1932.', 'The brewery opened in 1932.'],
    ['The brewery closed in 1990. The dam opened in 1932.', 'The dam closed in 1990.'],
    ['Red or green flags are used.', 'Red and green flags are used.'],
    [
      'Australia has the island of Tasmania. It is the largest country there.',
      'Tasmania is the largest country there.',
    ],
    ['Anna met Ben. He left at noon.', 'Anna left at noon.'],
  ]);

  table('what the source does not say', 'unchecked', [
    [WINCH, 'The winch was painted red.'],
    [WINCH, 'The cable was bought from a firm in Bremen.'],
    [MILL, 'Yes.'],
    ['The pump runs day and night.', 'The pump is loud.'],
    ['World War II began in 1939.', 'Vitamin C was found in 1939.'],
    ['', 'The winch lowers the probe.'],
  ]);

  table('names that differ in little', 'refused', [
    ['World War I began in 1914.', 'World War II began in 1914.'],
    ['World War II ended in 1945.', 'World War I ended in 1945.'],
    ['Vitamin C prevents scurvy.', 'Vitamin A prevents scurvy.'],
    ['Group A won twice.', 'Group B won twice.'],
    ['Elizabeth II was crowned in 1953.', 'Elizabeth I was crowned in 1953.'],
  ]);

  table('German', 'supported', [
    ['Die Brücke wurde 1782 gebaut. Sie ist 3,5 km lang.', 'Die Brücke wurde 1782 gebaut.'],
    ['Die Brücke wurde 1782 gebaut. Sie ist 3,5 km lang.', 'Sie ist 3500 m lang.'],
    ['Der Brief ist vom 4. März 2023.', 'Der Brief ist vom 04.03.2023.'],
    ['Die Stadt hat 1.234.567 Einwohner und einen Hafen.', 'Die Stadt hat 1.234.567 Einwohner.'],
    ['Im Dorf leben zweihundert Menschen, und es gibt drei Schulen.', 'Es gibt drei Schulen.'],
    ['Die Anlage hat eine Leistung von 1.500 kW.', 'Die Anlage hat eine Leistung von 1,5 MW.'],
  ]);
  table('German, changed', 'refused', [
    ['Die Brücke wurde 1782 gebaut.', 'Die Brücke wurde 1872 gebaut.'],
    ['Die Brücke ist 3,5 km lang.', 'Die Brücke ist 35 km lang.'],
    ['Die Brücke ist nicht gesperrt.', 'Die Brücke ist gesperrt.'],
    ['Die Preise stiegen, und der Umsatz ist gestiegen.', 'Der Umsatz ist gesunken.'],
    ['Es gab keine Verletzten.', 'Es gab Verletzte.'],
    ['Alle Boote sind im Hafen.', 'Einige Boote sind im Hafen.'],
    ['Das Museum liegt nördlich der Stadt.', 'Das Museum liegt südlich der Stadt.'],
    ['Der Umsatz betrug 5 Millionen Euro.', 'Der Umsatz betrug 5 Milliarden Euro.'],
  ]);
  table('Chinese', 'supported', [
    ['这座桥建于1782年。桥长5公里。', '这座桥建于1782年。'],
    ['这座桥建于1782年。桥长5公里。', '桥长5公里'],
    ['这座桥建于1782年。桥长5公里。', '桥长5000米'],
    ['北京是中国的首都。', '北京是中国的首都'],
  ]);
  table('Chinese, changed', 'refused', [
    ['这座桥建于1782年。', '这座桥建于1872年。'],
    ['桥长5公里。', '桥长6公里。'],
    ['这座桥没有关闭。', '这座桥关闭。'],
    ['北京是中国的首都。', '上海是中国的首都。'],
    ['该厂位于城市北部。', '该厂位于城市南部。'],
    ['温度上升了三度。', '温度下降了三度。'],
  ]);
  table('French and Spanish', 'supported', [
    ['Le pont fut construit en 1782 et mesure 3,5 km.', 'Le pont fut construit en 1782.'],
    ['El puente se construyó en 1782 y mide 3,5 km.', 'El puente se construyó en 1782.'],
  ]);
  table('French and Spanish, changed', 'refused', [
    ['Le pont n’est pas ouvert le dimanche.', 'Le pont est ouvert le dimanche.'],
    ['El puente no está abierto los domingos.', 'El puente está abierto los domingos.'],
    ['Le pont mesure 3,5 km et est ouvert.', 'Le pont mesure 35 km.'],
  ]);
  table('another language than the evidence, which only a model can tell', 'unchecked', [
    ['Die Brücke wurde 1782 gebaut.', 'The bridge was built in 1782.'],
    ['北京是中国的首都。', 'Beijing is the capital of China.'],
  ]);
});
