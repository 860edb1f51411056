// Everything but the fleet, loaded with the first screen that is opened, in one file, since many small ones compress worse.
// The page itself comes first: what these screens share with it then stays in its own file.
import '../main';

export { AddScreen } from './add';
export { EditScreen } from './edit';
export { HistoryScreen } from './history';
export { ImportScreen } from './import';
export { PrinterSheet } from './printer';
export { SettingsScreen } from './settings/screen';
