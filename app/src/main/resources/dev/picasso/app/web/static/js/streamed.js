/**
 * Reads an answer that comes piece by piece, in the form of server-sent events, which a browser by itself
 * asks for by GET alone.
 *
 * @yields the name of each event, and what it tells
 */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    const whole = text.split('\n\n');
    text = whole.pop();
    for (const piece of whole) {
      const [, name, data] = piece.match(/^event: (.*)\ndata: (.*)$/) ?? [];
      if (name) yield { name, data: JSON.parse(data) };
    }
  }
}
