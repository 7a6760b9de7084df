import { fleetMessagesFrench } from './fleet/messages.fr';
import { healthMessagesFrench } from './health/messages.fr';
import { scheduleEditorMessagesFrench } from './oncall/editor/messages.fr';
import { onCallMessagesFrench } from './oncall/messages.fr';
import { sharedMessagesFrench } from './shared/messages.fr';
import { Translated } from './shared/Translated';
import { flattenMessages, observabilityMessages } from './translationMessages';

// A message that is missing here does not compile.
const french: Translated<typeof observabilityMessages> = {
  fleet: fleetMessagesFrench,
  health: healthMessagesFrench,
  onCall: onCallMessagesFrench,
  scheduleEditor: scheduleEditorMessagesFrench,
  shared: sharedMessagesFrench,
};

// The portal loads translations as the default export of a module.
export default flattenMessages(french);
