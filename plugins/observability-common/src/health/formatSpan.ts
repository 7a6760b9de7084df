/** A span of time in English: "45 s", "13 min", "1 h 30 min", "2 days".
 * @public
 */
export function formatSpan(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) {
    return `${whole}\u00a0s`;
  }
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) {
    const rest = whole % 60;
    // Under five minutes the seconds still matter.
    return rest === 0 || minutes >= 5
      ? `${minutes}\u00a0min`
      : `${minutes}\u00a0min ${rest}\u00a0s`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    const rest = minutes % 60;
    return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h ${rest}\u00a0min`;
  }
  return `${Math.floor(hours / 24)}\u00a0days`;
}
