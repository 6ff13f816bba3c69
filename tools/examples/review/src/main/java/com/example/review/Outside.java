// SPDX-License-Identifier: Apache-2.0
package com.example.review;

import java.net.URI;

/** Other systems that the workflow calls: the web, a model and a webhook. */
public interface Outside {

    /** {@return the text of a page} */
    String fetch(URI page);

    /** {@return a summary of a text} */
    String summarize(String text);

    /**
     * {@return the HTTP status} Calls a webhook.
     *
     * @param key the same for each repetition of a call, so that the receiver ignores all but the first
     */
    int call(URI webhook, String summary, String key);
}
