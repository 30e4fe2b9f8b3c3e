package dev.labelloop.activities.review;

import java.util.List;

/**
 * One page of a tool's answers.
 *
 * @param answers in any order; one may come again
 * @param next where the next page begins
 * @param last whether there is no further page now
 */
public record ReviewPage(List<Answer> answers, Cursor next, boolean last) {}
