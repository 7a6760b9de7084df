import french from './translation.fr';
import { flattenMessages, observabilityMessages } from './translationMessages';

const english = flattenMessages(observabilityMessages);
const placeholders = (message: string) =>
  [...new Set(message.match(/\{\{[^}]+\}\}/g))].sort();

describe('translations', () => {
  it('says in French with the same values all that it says in English', () => {
    const values = (messages: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(messages).map(([key, message]) => [
          key,
          placeholders(message),
        ]),
      );
    expect(values(french)).toEqual(values(english));
  });

  it('has no message without words', () => {
    for (const messages of [english, french]) {
      expect(
        Object.entries(messages).filter(([, message]) => !message.trim()),
      ).toEqual([]);
    }
  });
});
