package dev.labelloop.worker.config;

import java.util.List;
import java.util.Map;

/**
 * What this build offers by name; a specification may ask for nothing else.
 *
 * @param sizes model sizes by detector family
 * @param strategies selection strategies
 * @param tools review tools
 */
public record Offer(Map<String, List<String>> sizes, List<String> strategies, List<String> tools) {}
