// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;

/** Counter of tokens in the encoding that current models share. Special tokens count as ordinary text. */
@Component(service = Tokenizer.class)
public final class Tokenizer {

    /** Maximum number of bytes in a code point, and therefore of tokens. */
    static final int MOST_TOKENS_OF_A_CODE_POINT = 4;

    private static final EncodingType ENCODING = EncodingType.O200K_BASE;

    private final EncodingRegistry loadedAtFirstUse = Encodings.newLazyEncodingRegistry();

    String encoding() {
        return ENCODING.getName();
    }

    /** Returns the number of tokens in a text. */
    public int count(String text) {
        return tables().countTokensOrdinary(text);
    }

    /** Returns the number of characters of a well-formed text that the first {@code tokens} tokens cover. */
    int reach(String text, int tokens) {
        Encoding tables = tables();
        return tables.decode(tables.encodeOrdinary(text, tokens).getTokens()).length();
    }

    /** Returns approximately how many characters the last {@code tokens} tokens of a text cover. */
    int reachBack(String text, int tokens) {
        Encoding tables = tables();
        IntArrayList all = tables.encodeOrdinary(text);
        IntArrayList last = new IntArrayList(tokens);
        for (int i = Math.max(0, all.size() - tokens); i < all.size(); i++) {
            last.add(all.get(i));
        }
        return Math.min(text.length(), tables.decode(last).length());
    }

    /** Replaces each unpaired surrogate by a question mark, as the tokenizer does. Offsets do not change. */
    static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private Encoding tables() {
        return loadedAtFirstUse.getEncoding(ENCODING);
    }
}
