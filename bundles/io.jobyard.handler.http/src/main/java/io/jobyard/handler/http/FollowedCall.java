// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

/**
 * The final response after all redirects.
 *
 * @param answer the response
 * @param target the target that sent the response
 * @param redirects the number of redirects followed
 */
record FollowedCall(CallAnswer answer, CallTarget target, int redirects) {}
