// SPDX-License-Identifier: Apache-2.0
/** HTTP requests to the origins that an administrator allows. */
@org.jspecify.annotations.NullMarked
package io.jobyard.handler.http;
