// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

/**
 * The answer at the end of all redirects.
 *
 * @param answer what came back
 * @param target from where
 * @param redirects how many were followed
 */
record FollowedCall(CallAnswer answer, CallTarget target, int redirects) {}
