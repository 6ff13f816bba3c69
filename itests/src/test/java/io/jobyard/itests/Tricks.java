// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.util.ArrayList;
import java.util.List;

/** Texts that run as code, as {@code hacked = 1}, wherever they are taken for more than texts. */
final class Tricks {

    private static final List<String> FRAMES = List.of(
            "<script>RUN</script>",
            "<img src=x onerror=RUN>",
            "<svg onload=RUN>",
            "<svg/onload=RUN//",
            "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
            "<body onload=RUN>",
            "<a href='javascript:RUN'>x</a>",
            "<details open ontoggle=RUN>",
            "<input autofocus onfocus=RUN>",
            "<video><source onerror=RUN></video>",
            "<math><mtext><img src=x onerror=RUN>",
            "<template><script>RUN</script></template>",
            "<style>@import 'javascript:RUN'</style>",
            "<object data='javascript:RUN'></object>");
    private static final List<String> EXITS = List.of("", "\">", "'>");

    private Tricks() {}

    static List<String> all() {
        List<String> tricks = new ArrayList<>();
        for (String frame : FRAMES) {
            for (String exit : EXITS) {
                tricks.add(exit + frame.replace("RUN", "hacked=1"));
            }
        }
        tricks.addAll(List.of("javascript:hacked=1", "${hacked=1}", "{{hacked=1}}", "<!--?lit$hacked=1$-->"));
        return tricks;
    }
}
