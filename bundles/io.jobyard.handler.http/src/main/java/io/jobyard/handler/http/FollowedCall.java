// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

/** The final response after all redirects. */
record FollowedCall(CallAnswer answer, CallTarget target, int redirects) {}
