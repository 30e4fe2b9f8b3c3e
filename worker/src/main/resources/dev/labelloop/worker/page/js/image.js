import { stayingApi } from './api.js';

/**
 * An image that is loaded and decoded, so that it appears at once when its turn comes. If it cannot be
 * had, the error says why: in the server's sentence where the server refused it.
 */
export async function decoded(url) {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch (error) {
    await stayingApi.file(url); // an image element hides the reply that it got
    throw error;
  }
  return image;
}
