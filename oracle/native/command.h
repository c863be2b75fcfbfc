/*
 * The language between the oracle and its programs: a line with a verb and `key=value` comes in,
 * a line of `key=value` goes out. Both programs answer one line for each.
 */
#ifndef ORACLE_COMMAND_H
#define ORACLE_COMMAND_H

#include <stdio.h>
#include <string.h>

#define LINE 1024

static char command[LINE]; /* the line that is being answered; it begins with the verb */
static char answer[LINE];

/* The text of a value, up to a blank or the end; NULL where the key is not given. */
static const char *text_of(const char *key)
{
    size_t length = strlen(key);
    const char *at = command;

    while ((at = strchr(at, ' ')) != NULL) {
        at++;
        if (strncmp(at, key, length) == 0 && at[length] == '=') return at + length + 1;
    }
    return NULL;
}

/* True where the value of the key is this word. */
static inline int is_word(const char *key, const char *word)
{
    const char *text = text_of(key);
    size_t length = strlen(word);

    return text != NULL && strncmp(text, word, length) == 0 &&
           (text[length] == 0 || text[length] == ' ');
}

/* Reads digits, also those of 0x; stands behind them afterwards. A driver has no strtoul. */
static unsigned long read_number(const char **at)
{
    int is_hex = (*at)[0] == '0' && (*at)[1] == 'x';
    unsigned long value = 0;

    for (*at += is_hex ? 2 : 0;; (*at)++) {
        char digit = **at | 0x20;
        int n = digit >= '0' && digit <= '9' ? digit - '0' : 99;
        if (is_hex && digit >= 'a' && digit <= 'f') n = digit - 'a' + 10;
        if (n == 99) return value;
        value = value * (is_hex ? 16 : 10) + n;
    }
}

static unsigned long number_of(const char *key, unsigned long otherwise)
{
    const char *text = text_of(key);

    return text == NULL ? otherwise : read_number(&text);
}

static int is_verb(const char *verb)
{
    size_t length = strlen(verb);

    return strncmp(command, verb, length) == 0 && (command[length] == 0 || command[length] == ' ');
}

/* Adds ` key=number` to the answer; the oracle knows the names of numbers. */
static void tell(const char *key, unsigned long long value)
{
    size_t used = strlen(answer);

    _snprintf(answer + used, LINE - used - 1, "%s%s=0x%x%08x", used ? " " : "", key,
              (unsigned)(value >> 32), (unsigned)value);
}

/* What is in position n of all bytes that a case has asked for: both sides send the same. */
static unsigned long position;

static void fill(unsigned char *memory, unsigned long length)
{
    for (unsigned long i = 0; i < length; i++) memory[i] = (unsigned char)(position++ % 251);
}

#endif
