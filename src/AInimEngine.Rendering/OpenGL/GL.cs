#pragma warning disable CS1591 // each method is the OpenGL function of the same name
using System.Runtime.InteropServices;
using System.Text;

namespace AInimEngine.Rendering.OpenGL;

/// <summary>
/// The OpenGL 3.3 functions that the renderer calls: one table of function pointers, filled once. Signatures follow
/// Silk.NET's <c>GL</c>. Every call needs a current context on the calling thread.
/// </summary>
internal sealed unsafe class GL
{
    private readonly delegate* unmanaged<uint, void> _activeTexture, _useProgram, _bindVertexArray, _compileShader, _linkProgram, _deleteShader, _deleteProgram, _enable, _disable, _clear;
    private readonly delegate* unmanaged<uint, uint, void> _bindTexture, _bindFramebuffer, _bindBuffer, _attachShader, _detachShader;
    private readonly delegate* unmanaged<int, uint*, void> _genTextures, _deleteTextures, _genFramebuffers, _deleteFramebuffers, _genBuffers, _deleteBuffers, _genVertexArrays, _deleteVertexArrays;
    private readonly delegate* unmanaged<uint, int, int, int, int, int, uint, uint, void*, void> _texImage2D;
    private readonly delegate* unmanaged<uint, int, int, int, int, int, uint, uint, void*, void> _texSubImage2D;
    private readonly delegate* unmanaged<uint, uint, int, void> _texParameteri;
    private readonly delegate* unmanaged<uint, int, void> _pixelStorei;
    private readonly delegate* unmanaged<uint, uint, uint, uint, int, void> _framebufferTexture2D;
    private readonly delegate* unmanaged<uint, uint> _checkFramebufferStatus, _createShader;
    private readonly delegate* unmanaged<uint> _createProgram, _getError;
    private readonly delegate* unmanaged<uint, int, byte**, int*, void> _shaderSource;
    private readonly delegate* unmanaged<uint, uint, int*, void> _getShaderiv, _getProgramiv;
    private readonly delegate* unmanaged<uint, int, int*, byte*, void> _getShaderInfoLog, _getProgramInfoLog;
    private readonly delegate* unmanaged<uint, byte*, int> _getUniformLocation;
    private readonly delegate* unmanaged<int, int, void> _uniform1i;
    private readonly delegate* unmanaged<int, float, void> _uniform1f;
    private readonly delegate* unmanaged<int, float, float, void> _uniform2f;
    private readonly delegate* unmanaged<int, int, float*, void> _uniform1fv;
    private readonly delegate* unmanaged<int, int, int, int, void> _viewport;
    private readonly delegate* unmanaged<float, float, float, float, void> _clearColor;
    private readonly delegate* unmanaged<uint, int, int, void> _drawArrays;
    private readonly delegate* unmanaged<int, int, int, int, uint, uint, void*, void> _readPixels;
    private readonly delegate* unmanaged<uint, void> _readBuffer;
    private readonly delegate* unmanaged<uint, nint, void*, uint, void> _bufferData;
    private readonly delegate* unmanaged<uint, nint, nint, uint, void*> _mapBufferRange;
    private readonly delegate* unmanaged<uint, byte> _unmapBuffer;
    private readonly delegate* unmanaged<uint, byte*> _getString;
    private readonly delegate* unmanaged<uint, int*, void> _getIntegerv;
    private readonly delegate* unmanaged<void> _finish, _flush;
    private readonly delegate* unmanaged<int, int, int, int, int, int, int, int, uint, uint, void> _blitFramebuffer;
    private readonly delegate* unmanaged<nint, void> _deleteSync;
    private readonly delegate* unmanaged<nint, uint, ulong, uint> _clientWaitSync;
    private readonly delegate* unmanaged<uint, uint, nint> _fenceSync;
    private readonly delegate* unmanaged<uint, int, uint, byte, int, void*, void> _vertexAttribPointer;
    private readonly delegate* unmanaged<uint, void> _enableVertexAttribArray;
    private readonly delegate* unmanaged<uint, uint, void> _blendFunc;
    private readonly delegate* unmanaged<int, int, int, int, void> _scissor;

    private GL(Func<string, nint> getProcAddress)
    {
        void* Load(string name)
        {
            nint address = getProcAddress(name);
            return address != 0 ? (void*)address : throw new EntryPointNotFoundException($"the OpenGL driver has no {name}");
        }

        _activeTexture = (delegate* unmanaged<uint, void>)Load("glActiveTexture");
        _useProgram = (delegate* unmanaged<uint, void>)Load("glUseProgram");
        _bindVertexArray = (delegate* unmanaged<uint, void>)Load("glBindVertexArray");
        _compileShader = (delegate* unmanaged<uint, void>)Load("glCompileShader");
        _linkProgram = (delegate* unmanaged<uint, void>)Load("glLinkProgram");
        _deleteShader = (delegate* unmanaged<uint, void>)Load("glDeleteShader");
        _deleteProgram = (delegate* unmanaged<uint, void>)Load("glDeleteProgram");
        _enable = (delegate* unmanaged<uint, void>)Load("glEnable");
        _disable = (delegate* unmanaged<uint, void>)Load("glDisable");
        _clear = (delegate* unmanaged<uint, void>)Load("glClear");
        _bindTexture = (delegate* unmanaged<uint, uint, void>)Load("glBindTexture");
        _bindFramebuffer = (delegate* unmanaged<uint, uint, void>)Load("glBindFramebuffer");
        _bindBuffer = (delegate* unmanaged<uint, uint, void>)Load("glBindBuffer");
        _attachShader = (delegate* unmanaged<uint, uint, void>)Load("glAttachShader");
        _detachShader = (delegate* unmanaged<uint, uint, void>)Load("glDetachShader");
        _genTextures = (delegate* unmanaged<int, uint*, void>)Load("glGenTextures");
        _deleteTextures = (delegate* unmanaged<int, uint*, void>)Load("glDeleteTextures");
        _genFramebuffers = (delegate* unmanaged<int, uint*, void>)Load("glGenFramebuffers");
        _deleteFramebuffers = (delegate* unmanaged<int, uint*, void>)Load("glDeleteFramebuffers");
        _genBuffers = (delegate* unmanaged<int, uint*, void>)Load("glGenBuffers");
        _deleteBuffers = (delegate* unmanaged<int, uint*, void>)Load("glDeleteBuffers");
        _genVertexArrays = (delegate* unmanaged<int, uint*, void>)Load("glGenVertexArrays");
        _deleteVertexArrays = (delegate* unmanaged<int, uint*, void>)Load("glDeleteVertexArrays");
        _texImage2D = (delegate* unmanaged<uint, int, int, int, int, int, uint, uint, void*, void>)Load("glTexImage2D");
        _texSubImage2D = (delegate* unmanaged<uint, int, int, int, int, int, uint, uint, void*, void>)Load("glTexSubImage2D");
        _texParameteri = (delegate* unmanaged<uint, uint, int, void>)Load("glTexParameteri");
        _pixelStorei = (delegate* unmanaged<uint, int, void>)Load("glPixelStorei");
        _framebufferTexture2D = (delegate* unmanaged<uint, uint, uint, uint, int, void>)Load("glFramebufferTexture2D");
        _checkFramebufferStatus = (delegate* unmanaged<uint, uint>)Load("glCheckFramebufferStatus");
        _createShader = (delegate* unmanaged<uint, uint>)Load("glCreateShader");
        _createProgram = (delegate* unmanaged<uint>)Load("glCreateProgram");
        _getError = (delegate* unmanaged<uint>)Load("glGetError");
        _shaderSource = (delegate* unmanaged<uint, int, byte**, int*, void>)Load("glShaderSource");
        _getShaderiv = (delegate* unmanaged<uint, uint, int*, void>)Load("glGetShaderiv");
        _getProgramiv = (delegate* unmanaged<uint, uint, int*, void>)Load("glGetProgramiv");
        _getShaderInfoLog = (delegate* unmanaged<uint, int, int*, byte*, void>)Load("glGetShaderInfoLog");
        _getProgramInfoLog = (delegate* unmanaged<uint, int, int*, byte*, void>)Load("glGetProgramInfoLog");
        _getUniformLocation = (delegate* unmanaged<uint, byte*, int>)Load("glGetUniformLocation");
        _uniform1i = (delegate* unmanaged<int, int, void>)Load("glUniform1i");
        _uniform1f = (delegate* unmanaged<int, float, void>)Load("glUniform1f");
        _uniform2f = (delegate* unmanaged<int, float, float, void>)Load("glUniform2f");
        _uniform1fv = (delegate* unmanaged<int, int, float*, void>)Load("glUniform1fv");
        _viewport = (delegate* unmanaged<int, int, int, int, void>)Load("glViewport");
        _clearColor = (delegate* unmanaged<float, float, float, float, void>)Load("glClearColor");
        _drawArrays = (delegate* unmanaged<uint, int, int, void>)Load("glDrawArrays");
        _readBuffer = (delegate* unmanaged<uint, void>)Load("glReadBuffer");
        _readPixels = (delegate* unmanaged<int, int, int, int, uint, uint, void*, void>)Load("glReadPixels");
        _bufferData = (delegate* unmanaged<uint, nint, void*, uint, void>)Load("glBufferData");
        _mapBufferRange = (delegate* unmanaged<uint, nint, nint, uint, void*>)Load("glMapBufferRange");
        _unmapBuffer = (delegate* unmanaged<uint, byte>)Load("glUnmapBuffer");
        _getString = (delegate* unmanaged<uint, byte*>)Load("glGetString");
        _getIntegerv = (delegate* unmanaged<uint, int*, void>)Load("glGetIntegerv");
        _scissor = (delegate* unmanaged<int, int, int, int, void>)Load("glScissor");
        _blendFunc = (delegate* unmanaged<uint, uint, void>)Load("glBlendFunc");
        _enableVertexAttribArray = (delegate* unmanaged<uint, void>)Load("glEnableVertexAttribArray");
        _vertexAttribPointer = (delegate* unmanaged<uint, int, uint, byte, int, void*, void>)Load("glVertexAttribPointer");
        _fenceSync = (delegate* unmanaged<uint, uint, nint>)Load("glFenceSync");
        _clientWaitSync = (delegate* unmanaged<nint, uint, ulong, uint>)Load("glClientWaitSync");
        _deleteSync = (delegate* unmanaged<nint, void>)Load("glDeleteSync");
        _finish = (delegate* unmanaged<void>)Load("glFinish");
        _blitFramebuffer = (delegate* unmanaged<int, int, int, int, int, int, int, int, uint, uint, void>)Load("glBlitFramebuffer");
        _flush = (delegate* unmanaged<void>)Load("glFlush");
    }

    /// <summary>Fills a table; needs a current context.</summary>
    /// <exception cref="EntryPointNotFoundException">The driver lacks a function.</exception>
    public static GL GetApi(Func<string, nint> getProcAddress) => new(getProcAddress);

    public void ActiveTexture(TextureUnit unit) => _activeTexture((uint)unit);

    public void BindTexture(TextureTarget target, uint texture) => _bindTexture((uint)target, texture);

    public uint GenTexture() => Generate(_genTextures);

    public void DeleteTexture(uint texture) => _deleteTextures(1, &texture);

    public void TexParameter(TextureTarget target, TextureParameterName name, int value) => _texParameteri((uint)target, (uint)name, value);

    public void PixelStore(PixelStoreParameter name, int value) => _pixelStorei((uint)name, value);

    public void TexImage2D(TextureTarget target, int level, InternalFormat internalFormat, uint width, uint height, int border, PixelFormat format, PixelType type, void* pixels) =>
        _texImage2D((uint)target, level, (int)internalFormat, (int)width, (int)height, border, (uint)format, (uint)type, pixels);

    public void TexSubImage2D(TextureTarget target, int level, int x, int y, uint width, uint height, PixelFormat format, PixelType type, void* pixels) =>
        _texSubImage2D((uint)target, level, x, y, (int)width, (int)height, (uint)format, (uint)type, pixels);

    public uint GenFramebuffer() => Generate(_genFramebuffers);

    public void DeleteFramebuffer(uint framebuffer) => _deleteFramebuffers(1, &framebuffer);

    public void BindFramebuffer(FramebufferTarget target, uint framebuffer) => _bindFramebuffer((uint)target, framebuffer);

    public void FramebufferTexture2D(FramebufferTarget target, FramebufferAttachment attachment, TextureTarget textureTarget, uint texture, int level) =>
        _framebufferTexture2D((uint)target, (uint)attachment, (uint)textureTarget, texture, level);

    public FramebufferStatus CheckFramebufferStatus(FramebufferTarget target) => (FramebufferStatus)_checkFramebufferStatus((uint)target);

    public uint GenBuffer() => Generate(_genBuffers);

    public void DeleteBuffer(uint buffer) => _deleteBuffers(1, &buffer);

    public void BindBuffer(BufferTargetARB target, uint buffer) => _bindBuffer((uint)target, buffer);

    public void BufferData(BufferTargetARB target, nuint size, void* data, BufferUsageARB usage) => _bufferData((uint)target, (nint)size, data, (uint)usage);

    public void* MapBufferRange(BufferTargetARB target, nint offset, nuint length, MapBufferAccessMask access) =>
        _mapBufferRange((uint)target, offset, (nint)length, (uint)access);

    public bool UnmapBuffer(BufferTargetARB target) => _unmapBuffer((uint)target) != 0;

    public uint GenVertexArray() => Generate(_genVertexArrays);

    public void DeleteVertexArray(uint array) => _deleteVertexArrays(1, &array);

    public void BindVertexArray(uint array) => _bindVertexArray(array);

    public uint CreateShader(ShaderType type) => _createShader((uint)type);

    public void ShaderSource(uint shader, string source)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(source);
        fixed (byte* text = bytes)
        {
            byte* start = text;
            int length = bytes.Length;
            _shaderSource(shader, 1, &start, &length);
        }
    }

    public void CompileShader(uint shader) => _compileShader(shader);

    public int GetShader(uint shader, ShaderParameterName name)
    {
        int value;
        _getShaderiv(shader, (uint)name, &value);
        return value;
    }

    public string GetShaderInfoLog(uint shader) => InfoLog(shader, GetShader(shader, ShaderParameterName.InfoLogLength), _getShaderInfoLog);

    public void DeleteShader(uint shader) => _deleteShader(shader);

    public uint CreateProgram() => _createProgram();

    public void AttachShader(uint program, uint shader) => _attachShader(program, shader);

    public void DetachShader(uint program, uint shader) => _detachShader(program, shader);

    public void LinkProgram(uint program) => _linkProgram(program);

    public int GetProgram(uint program, ProgramProperty name)
    {
        int value;
        _getProgramiv(program, (uint)name, &value);
        return value;
    }

    public string GetProgramInfoLog(uint program) => InfoLog(program, GetProgram(program, ProgramProperty.InfoLogLength), _getProgramInfoLog);

    public void UseProgram(uint program) => _useProgram(program);

    public void DeleteProgram(uint program) => _deleteProgram(program);

    public int GetUniformLocation(uint program, string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
            return _getUniformLocation(program, text);
    }

    public void Uniform1(int location, int value) => _uniform1i(location, value);

    public void Uniform1(int location, float value) => _uniform1f(location, value);

    public void Uniform2(int location, float x, float y) => _uniform2f(location, x, y);

    public void Uniform1(int location, ReadOnlySpan<float> values)
    {
        fixed (float* start = values)
            _uniform1fv(location, values.Length, start);
    }

    public void Viewport(int x, int y, uint width, uint height) => _viewport(x, y, (int)width, (int)height);

    public void Enable(EnableCap capability) => _enable((uint)capability);

    public void Disable(EnableCap capability) => _disable((uint)capability);

    public void ClearColor(float red, float green, float blue, float alpha) => _clearColor(red, green, blue, alpha);

    public void Clear(ClearBufferMask mask) => _clear((uint)mask);

    public void DrawArrays(PrimitiveType mode, int first, uint count) => _drawArrays((uint)mode, first, (int)count);

    public void ReadBuffer(ReadBufferMode mode) => _readBuffer((uint)mode);

    public void ReadPixels(int x, int y, uint width, uint height, PixelFormat format, PixelType type, void* pixels) =>
        _readPixels(x, y, (int)width, (int)height, (uint)format, (uint)type, pixels);

    public void Scissor(int x, int y, uint width, uint height) => _scissor(x, y, (int)width, (int)height);

    public void BlendFunc(BlendingFactor source, BlendingFactor destination) => _blendFunc((uint)source, (uint)destination);

    public void EnableVertexAttribArray(uint index) => _enableVertexAttribArray(index);

    public void VertexAttribPointer(uint index, int size, VertexAttribPointerType type, bool normalized, uint stride, nint offset) =>
        _vertexAttribPointer(index, size, (uint)type, normalized ? (byte)1 : (byte)0, (int)stride, (void*)offset);

    public nint FenceSync(SyncCondition condition) => _fenceSync((uint)condition, 0);

    public SyncStatus ClientWaitSync(nint sync, SyncObjectMask flags, ulong nanoseconds) => (SyncStatus)_clientWaitSync(sync, (uint)flags, nanoseconds);

    public void DeleteSync(nint sync) => _deleteSync(sync);

    public void Finish() => _finish();

    public void BlitFramebuffer(int width, int height, int toWidth, int toHeight, ClearBufferMask mask, TextureFilter filter) =>
        _blitFramebuffer(0, 0, width, height, 0, 0, toWidth, toHeight, (uint)mask, (uint)filter);

    public void Flush() => _flush();

    public ErrorCode GetError() => (ErrorCode)_getError();

    public string GetString(StringName name) => Marshal.PtrToStringUTF8((nint)_getString((uint)name)) ?? "";

    public int GetInteger(GetPName name)
    {
        int value;
        _getIntegerv((uint)name, &value);
        return value;
    }

    private static uint Generate(delegate* unmanaged<int, uint*, void> generate)
    {
        uint name;
        generate(1, &name);
        return name;
    }

    private static string InfoLog(uint name, int length, delegate* unmanaged<uint, int, int*, byte*, void> get)
    {
        if (length <= 1)
            return "";
        byte[] buffer = new byte[length];
        int written;
        fixed (byte* start = buffer)
            get(name, length, &written, start);
        return Encoding.UTF8.GetString(buffer, 0, written);
    }
}
