/** Units of measurement and currencies: two quantities are equal where an exact factor says so. */
import { decimal, type Decimal } from './decimal';

export interface Unit {
  /** What is measured: units of one kind can be converted. */
  readonly kind: string;
  /** In the base unit of the kind. */
  readonly factor: Decimal;
}

/** kind: factor as coefficient[e exponent], then the names; those with a capital are matched as they are written. */
const TABLE = `
length 1 m metre metres meter meters 米
length 1e3 km kilometre kilometres kilometer kilometers 公里 千米
length 1e-2 cm centimetre centimetres centimeter centimeters zentimeter 厘米
length 1e-3 mm millimetre millimetres millimeter millimeters 毫米
length 1e-6 µm μm micrometre micrometer micrometers micron microns
length 1e-9 nm nanometre nanometres nanometer nanometers
length 254e-4 inch inches
length 3048e-4 ft foot feet
length 9144e-4 yd yard yards
length 1609344e-3 mi mile miles meile meilen
length 1852 nmi
mass 1 g gram grams gramm gramme grammes 克
mass 1e3 kg kilogram kilograms kilogramm kilo kilos 公斤 千克
mass 1e-3 mg milligram milligrams milligramm
mass 1e-6 µg μg microgram micrograms
mass 1e6 t tonne tonnes tonnen 吨
ton 1 ton tons
pound 1 lb lbs
poundname 1 pound pounds
mass 28349523125e-9 oz ounce ounces
stone 1 stone
time 1 s sec secs second seconds sekunde sekunden 秒
time 1e-3 ms millisecond milliseconds millisekunden
time 1e-6 µs microsecond microseconds
time 60 min mins minute minutes minuten 分钟
time 3600 h hr hrs hour hours stunde stunden 小时
time 86400 day days tag tage tagen 天
time 604800 week weeks woche wochen
month 1 month months monat monate monaten 个月
month 12 year years yr yrs jahr jahre jahren ans año años
month 120 decade decades jahrzehnt jahrzehnte
month 1200 century centuries jahrhundert jahrhunderte
volume 1 l L litre litres liter liters 升
volume 1e-3 ml mL millilitre millilitres milliliter milliliters 毫升
volume 1e3 m³ m^3
gallon 1 gallon gallons gal
pint 1 pint pints
area 1 m² m^2 sqm 平方米
area 1e-4 cm² cm^2
area 1e6 km² km^2 sqkm 平方公里
area 1e4 ha hectare hectares hektar
area 40468564224e-7 acre acres
area 2589988110336e-6 mi² mi^2
area 9290304e-8 ft² ft^2 sqft
speed 1000 km/h kph kmh
speed 3600 m/s
speed 1609344e-3 mph
speed 1852 kn knot knots
power 1 W watt watts
power 1e3 kW kilowatt kilowatts
power 1e6 MW megawatt megawatts
power 1e9 GW gigawatt gigawatts
energy 1 J joule joules
energy 1e3 kJ kilojoule kilojoules
energy 1e6 MJ megajoule megajoules
energy 36e5 kWh
energy 36e8 MWh
energy 36e11 GWh
energy 4184e-3 cal calorie calories
energy 4184 kcal kilocalorie kilocalories
frequency 1 Hz hertz
frequency 1e3 kHz kilohertz
frequency 1e6 MHz megahertz
frequency 1e9 GHz gigahertz
voltage 1 V volt volts
voltage 1e3 kV kilovolt kilovolts
current 1 A amp amps ampere amperes
current 1e-3 mA milliamp milliamps
pressure 1 Pa pascal pascals
pressure 1e2 hPa hectopascal
pressure 1e3 kPa kilopascal
pressure 1e5 bar
force 1 N newton newtons
data 1 bit bits
data 8 B byte bytes
data 8e3 kB KB kilobyte kilobytes
data 8e6 MB megabyte megabytes
data 8e9 GB gigabyte gigabytes
data 8e12 TB terabyte terabytes
data 8192 KiB kibibyte
data 8388608 MiB mebibyte
data 8589934592 GiB gibibyte
data 1e6 Mb Mbit megabit megabits
data 1e9 Gb Gbit gigabit gigabits
share 1 % percent prozent pct pourcent porcentaje
share 1e-1 ‰ permille promille
points 1 pp
degree 1 ° degree degrees
celsius 1 °C ℃ celsius
fahrenheit 1 °F ℉ fahrenheit
kelvin 1 K kelvin
dollar 1 $ dollar dollars USD 美元
dollar 1e-2 cent cents
euro 1 € euro euros EUR 欧元
sterling 1 £ GBP
yen 1 ¥ yen JPY 日元
yuan 1 yuan CNY RMB renminbi 元 人民币
franc 1 CHF franc francs franken
krona 1 SEK kronor krona
rupee 1 ₹ INR rupee rupees
ruble 1 RUB ruble rubles rouble roubles
bitcoin 1 BTC bitcoin bitcoins
ordinal 1 st nd rd th
times 1 × times
`;

const exact = new Map<string, Unit>();
for (const line of TABLE.trim().split('\n')) {
  const [kind = '', written = '', ...names] = line.split(' ');
  const [coefficient = '1', exponent = '0'] = written.split('e');
  const unit = { kind, factor: decimal(BigInt(coefficient), Number(exponent)) };
  for (const name of names) exact.set(name, unit);
}

/** The unit of that name or sign; words may begin with a capital, symbols are as they are (`Mb` is no `MB`). */
export const unitOf = (name: string): Unit | undefined =>
  exact.get(name) ?? (name.length > 3 ? exact.get(name.toLowerCase()) : undefined);

/** What multiplies a number that stands before it. */
const SCALES: readonly (readonly [number, string])[] = [
  [2, 'hundred hundert'],
  [3, 'thousand tausend mille mil'],
  [6, 'million millions millionen mio millón millones mn'],
  [9, 'billion billions milliarde milliarden mrd milliards milliard bn'],
  [12, 'trillion trillions billionen tn'],
  [4, '万 萬'],
  [8, '亿 億'],
];
const scales = new Map(
  SCALES.flatMap(([power, names]) => names.split(' ').map((name) => [name, power] as const)),
);

/** The power of ten that a word multiplies with: 6 for `million`. */
export const scaleOf = (word: string): number | undefined => scales.get(word.toLowerCase());

/** Units of several words, each as the sign that is in the table; `sq. km` and `square kilometres` are `km²`. */
const PHRASES: readonly (readonly [RegExp, (unit: string) => string])[] = [
  [/\s?-?(?:square|sq\.?)[\s-](\p{L}+)(?![\p{L}\p{N}])/iuy, (unit) => `${signOf(unit)}²`],
  [/\s?-?(?:cubic|cu\.?)[\s-](\p{L}+)(?![\p{L}\p{N}])/iuy, (unit) => `${signOf(unit)}³`],
  [/\s?(\p{L}+)\sper\shour(?!\p{L})/iuy, (unit) => (signOf(unit) === 'mi' ? 'mph' : `${signOf(unit)}/h`)],
  [/\s?(\p{L}+)\sper\ssecond(?!\p{L})/iuy, (unit) => `${signOf(unit)}/s`],
  [
    /\s?degrees?\s(celsius|fahrenheit|centigrade|C|F)(?!\p{L})/iuy,
    (unit) => (/^f/i.test(unit) ? '°F' : '°C'),
  ],
];
const SIGNS: Readonly<Record<string, string>> = {
  metre: 'm',
  meter: 'm',
  kilometre: 'km',
  kilometer: 'km',
  centimetre: 'cm',
  centimeter: 'cm',
  mile: 'mi',
  foot: 'ft',
  feet: 'ft',
};
const signOf = (unit: string): string => SIGNS[unit.toLowerCase().replace(/s$/, '')] ?? unit.toLowerCase();

export function phraseUnitAt(
  text: string,
  at: number,
): { readonly unit: Unit; readonly length: number } | undefined {
  for (const [pattern, sign] of PHRASES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const unit = match ? exact.get(sign(match[1] ?? '')) : undefined;
    if (match && unit) return { unit, length: match[0].length };
  }
  return undefined;
}
