// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import java.util.List;

/**
 * What a job has found in a folder. A step stores it.
 *
 * @param files in the order of their names
 * @param skipped what was not taken, and why; such as {@code scan.txt: it is no UTF-8}
 */
public record FileList(List<FoundFile> files, List<String> skipped) {}
