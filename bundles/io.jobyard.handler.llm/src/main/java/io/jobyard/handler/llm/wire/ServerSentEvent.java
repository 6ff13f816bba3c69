// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

/**
 * An event of a stream.
 *
 * @param name its type; {@code message} if it says none
 * @param data its lines, with line feeds between
 */
public record ServerSentEvent(String name, String data) {}
