// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import java.util.List;

/**
 * Files that a job found in a folder. A step stores it.
 *
 * @param files files sorted by name
 * @param skipped rejected files with the reason, for example {@code scan.txt: not UTF-8}
 */
public record FileList(List<FoundFile> files, List<String> skipped) {}
