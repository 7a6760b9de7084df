import { IncidentChanges } from './IncidentChanges';
import { IncidentContextReader } from './IncidentContextReader';
import { IncidentDeclarations } from './IncidentDeclarations';
import { IncidentFigures } from './IncidentFigures';
import { IncidentMessages } from './IncidentMessages';
import { IncidentResponders } from './IncidentResponders';
import { IncidentService } from './IncidentService';
import { SimilarIncidents } from './SimilarIncidents';

/** What can be asked and done about incidents. */
export interface Incidents {
  service: IncidentService;
  declarations: IncidentDeclarations;
  changes: IncidentChanges;
  responders: IncidentResponders;
  messages: IncidentMessages;
  context: IncidentContextReader;
  similar: SimilarIncidents;
  figures: IncidentFigures;
}
