// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

/**
 * Event of a stream.
 *
 * @param name type of the event; {@code message} if it has none
 * @param data lines of the event, separated by line feeds
 */
public record ServerSentEvent(String name, String data) {}
