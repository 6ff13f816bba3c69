// SPDX-License-Identifier: Apache-2.0
package com.example.review;

import java.net.URI;

/** Page to summarize, and the webhook to call after the approval. */
public record ReviewRequest(URI page, URI webhook) {}
