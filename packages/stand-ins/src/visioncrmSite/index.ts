export {
  startVisionCrmSite,
  type VisionCrmSite,
  type VisionCrmSiteControl,
  type VisionCrmSiteOptions,
} from './startVisionCrmSite';
export type { SitePageState } from './pages';
